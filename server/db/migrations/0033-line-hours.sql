-- What became of a line's messages, hour by hour: how it does is read from a few rows, however much went by it. Kept eight days.
create table line_hour (
  workspace_id bigint not null,
  channel_id bigint not null,
  hour timestamptz not null,
  -- how attempts ended: accepted by the provider, refused for good, in doubt
  sent integer not null default 0,
  failed integer not null default 0,
  unknown integer not null default 0,
  -- of those accepted: reported afterwards not to have arrived
  returned integer not null default 0,
  primary key (workspace_id, channel_id, hour)
) with (fillfactor = 50);
-- What did not go out, or perhaps did, by whatever line.
create index delivery_undelivered_anywhere on delivery (workspace_id, message_id) where state in (8, 9);
