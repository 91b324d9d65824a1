-- A file of contacts that was handed in: its rows, what is to be done with them, and what became of each.
create table import (
  workspace_id bigint not null,
  id bigint not null,
  file_name text not null,
  format text not null,
  encoding text not null,
  separator text not null,
  heads text[] not null,
  rows integer not null,
  uploaded_by bigint,
  uploaded_at timestamptz not null default now(),
  -- what was asked for: see contract/imports.ts; null until somebody starts it
  wish jsonb,
  -- what all its contacts are tagged with, and the number of the tag made for it
  tag_ids bigint[] not null default '{}',
  import_tag_id bigint,
  started_by bigint,
  started_via text,
  started_at timestamptz,
  -- rows up to this one are done; written with them
  done integer not null default 0,
  counts jsonb not null default '{}',
  cancelled_at timestamptz,
  ended_at timestamptz,
  undo_asked_at timestamptz,
  -- rows from this one on are undone
  undone_from integer,
  undo_counts jsonb not null default '{}',
  undone_at timestamptz,
  primary key (workspace_id, id)
);
create index import_running on import (workspace_id, id)
  where (started_at is not null and ended_at is null) or (undo_asked_at is not null and undone_at is null);

create table import_row (
  workspace_id bigint not null,
  import_id bigint not null,
  -- counted from 1; `line` is where it ends in the file
  place integer not null,
  line integer not null,
  cells text[] not null,
  outcome text,
  -- [{path, reason, message}]
  reasons jsonb,
  contact_id bigint,
  -- what stood there before, for taking it back
  before jsonb,
  undone text,
  primary key (workspace_id, import_id, place)
);
create index import_row_contact on import_row (workspace_id, contact_id) where contact_id is not null;
