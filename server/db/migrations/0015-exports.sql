-- More contacts than this at once are neither tagged nor exported; null: as many as there are.
alter table workspace add column bulk_limit integer default 100;

-- What a bulk job of kind 'export' writes, and whether it can still be had.
create table export (
  workspace_id bigint not null,
  job_id bigint not null,
  format text not null,
  -- of a CSV: which values in which order (see contract/exports.ts)
  columns text[] not null,
  -- of the heads of its columns
  language text not null,
  separator text not null,
  made_at timestamptz not null default now(),
  -- since when its parts are gone, and why: 'expired', 'cancelled', 'contactDeleted'
  dropped_at timestamptz,
  dropped_because text,
  primary key (workspace_id, job_id)
);
create index export_kept on export (workspace_id, job_id) where dropped_at is null;

-- One part per batch, written with its progress; place -1 is what stands before the first. Together they are the file.
create table export_part (
  workspace_id bigint not null,
  job_id bigint not null,
  place integer not null,
  content text not null,
  primary key (workspace_id, job_id, place)
);
