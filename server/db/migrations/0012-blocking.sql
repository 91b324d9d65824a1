-- Who is blocked, by whom and why. A merged contact is blocked with all it has absorbed, each with a row of its own, so that
-- parting them again leaves each blocked. contact.blocked_at says the same; contact_state.live is false as long as it does.
create table contact_block (
  workspace_id bigint not null,
  contact_id bigint not null,
  blocked_at timestamptz not null,
  blocked_by bigint,
  reason text,
  -- what came for this very contact since, also where it is kept no longer
  held integer not null default 0,
  primary key (workspace_id, contact_id)
);

-- Unblocking decides what becomes of what was held: it goes into the thread (released), or goes away (dropped). Both are done
-- step by step in the background.
alter table held_message add column released_at timestamptz;
alter table held_message add column dropped_at timestamptz;
create index held_message_leaving on held_message (workspace_id, id) where released_at is not null or dropped_at is not null;

alter table workspace add column held_days integer not null default 30 check (held_days between 1 and 365);
-- whether the Inbox offers blocking: to nobody, to Owners and Managers, or to everyone
alter table workspace add column blocking_in_inbox text not null default 'nobody'
  check (blocking_in_inbox in ('nobody', 'managers', 'everyone'));
