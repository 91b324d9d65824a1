-- What the list of contacts is sorted by, each in the order of an index; who has no value comes last, by number.
create index contact_email on contact (workspace_id, (lower(email) collate "C"), id) where root_id is null and blocked_at is null;
create index contact_phone on contact (workspace_id, (phone collate "C"), id) where root_id is null and blocked_at is null;
-- by number, so that the Inbox has no second way to its conversations
create index contact_state_unassigned on contact_state (workspace_id, contact_id) where live and assignee_id is null;
create index contact_state_rest on contact_state (workspace_id, status, contact_id) where live and status in (0, 3);
