-- The audit trail is read newest first, by kind.
create index audit_kind on audit (workspace_id, kind, id);

-- Phones and e-mails that stand in it go with whoever had them.
create index audit_value on audit (workspace_id, (data->>'name')) where kind in ('valueBlocked', 'valueUnblocked');
