-- A filter that has a name. filter: as the contract's Filter.
create table segment (
  workspace_id bigint not null,
  id bigint not null,
  name text not null,
  name_key text collate "C" not null,
  filter jsonb not null,
  created_by bigint,
  created_at timestamptz not null default now(),
  -- how many it held when it was last counted; null until then, and where its filter no longer makes sense
  contacts integer,
  counted_at timestamptz,
  primary key (workspace_id, id)
);
create unique index segment_name on segment (workspace_id, name_key);

-- When the segments of a workspace were last counted, and how long that took: who took long is counted less often.
create table segment_count (
  workspace_id bigint not null primary key,
  counted_at timestamptz not null,
  took_ms integer not null
);
