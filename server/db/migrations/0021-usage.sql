-- Which contacts were active in which billing cycle: with whom at least one message was exchanged.
create table active_contact (
  workspace_id bigint not null,
  -- the first day of the cycle, by the clocks of the workspace
  cycle date not null,
  -- born on: of a merged contact everybody who exchanged something themself; counted once when it is read
  contact_id bigint not null,
  -- what made it active: the first message of the cycle (its number is its time), by which channel, which way
  message_id bigint not null,
  channel_id bigint not null,
  incoming boolean not null,
  -- nothing had ever been exchanged before
  fresh boolean not null,
  primary key (workspace_id, cycle, contact_id)
);

-- What a cycle came to when it had ended: whatever is merged or deleted later leaves that as it is.
create table usage_cycle (
  workspace_id bigint not null,
  starts_on date not null,
  contacts integer not null,
  fresh integer not null,
  incoming integer not null,
  -- [{channelId, contacts}], most first
  channels jsonb not null,
  closed_at timestamptz not null default now(),
  primary key (workspace_id, starts_on)
);

-- On which day of the month cycles begin, since when. A change holds from the end of the cycle in which it is made.
create table billing_day (
  workspace_id bigint not null,
  since date not null,
  day smallint not null check (day between 1 and 28),
  primary key (workspace_id, since)
);

insert into billing_day (workspace_id, since, day) select id, '0001-01-01', 1 from workspace;

-- What was exchanged before anybody counted.
insert into active_contact (workspace_id, cycle, contact_id, message_id, channel_id, incoming, fresh)
select workspace_id, cycle, contact_id, first[1], first[2], first[3] = 1, cycle = min(cycle) over of_contact
from (
  select m.workspace_id, date_trunc('month', to_timestamp(m.id / 1000000.0) at time zone w.time_zone)::date as cycle,
    m.contact_id, min(array[m.id, m.channel_id, m.incoming::int]) as first
  from message m join workspace w on w.id = m.workspace_id
  where not m.note and m.channel_id is not null
  group by 1, 2, 3
) active
window of_contact as (partition by workspace_id, contact_id);
