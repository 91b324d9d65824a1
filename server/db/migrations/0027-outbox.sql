-- Who took a message to send it (a process's place on the database), and since when it waits for that.
alter table delivery add column claimed_by smallint, add column queued_at timestamptz not null default now();
-- What is due on a line, oldest first.
create index delivery_due on delivery (workspace_id, channel_id, next_attempt_at, message_id) where state = 0;
-- What did not go out, or perhaps did: a person decides.
create index delivery_undelivered on delivery (workspace_id, channel_id, message_id) where state in (8, 9);
-- Why sending on a line rests, since when, and until when nothing is tried.
alter table channel add column holdup jsonb;
