-- What a member is to know of, without anybody's name or words: those are read from where they stand.
create table notification (
  workspace_id bigint not null,
  member_id bigint not null,
  -- µs, as a message's
  id bigint not null,
  kind text not null check (kind in ('assigned', 'message', 'mention')),
  -- as it was numbered then; who is live in its place is found when it is read
  contact_id bigint not null,
  actor_id bigint,
  message_id bigint,
  -- of the contact, since the last one that was read
  messages integer not null default 1,
  read_at timestamptz,
  primary key (workspace_id, member_id, id)
);
-- one line per contact, however much it writes
create unique index notification_waiting on notification (workspace_id, member_id, contact_id)
  where kind = 'message' and read_at is null;
create index notification_unread on notification (workspace_id, member_id, id) where read_at is null;
create index notification_contact on notification (workspace_id, contact_id);
create index notification_age on notification using brin (id);

-- kind → how: see contract/notifications.ts; what is not named is told in every way
alter table member add column notify jsonb not null default '{}';
