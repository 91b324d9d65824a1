-- Who does not want to be written to, and by which channel. A merged contact has opted out where any of its members has, and
-- all of them get a row when it does, so that parting them leaves each as it asked.
create table opt_out (
  workspace_id bigint not null,
  contact_id bigint not null,
  -- 0: by none
  channel_id bigint not null,
  at timestamptz not null default now(),
  -- the contact themself (STOP), what the provider said, a person, a program, an import
  source text not null check (source in ('contact', 'channel', 'person', 'api', 'import')),
  -- of the member or the import
  by bigint,
  reason text,
  primary key (workspace_id, contact_id, channel_id)
);
create index opt_out_channel on opt_out (workspace_id, channel_id, contact_id);
