-- What a blocked contact wrote: kept apart, shown nowhere, counted in its record; see conversations/hold-message.ts
create table held_message (
  workspace_id bigint not null,
  id bigint not null,
  contact_id bigint not null,
  channel_id bigint not null,
  address text not null,
  -- the message as parsed; its files lie in the file store under the ids named here
  incoming jsonb not null,
  primary key (workspace_id, id)
);
create index held_message_contact on held_message (workspace_id, contact_id, id);

-- Files are fetched from providers again and again until it works or no longer makes sense.
alter table attachment add column attempts integer not null default 0;
alter table attachment add column next_attempt_at timestamptz not null default now();
create index attachment_pending on attachment (workspace_id, next_attempt_at) where state = 'pending';
create index attachment_unsent on attachment (workspace_id, uploaded_by, created_at) where message_id is null;
create index delivery_claimed on delivery (workspace_id, claimed_at) where state = 1;
