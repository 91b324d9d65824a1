-- Runs that ended long ago are kept as numbers only: how many of each workflow ended how.
create table workflow_total (
  workspace_id bigint not null,
  workflow_id bigint not null,
  -- as in workflow_run
  end_reason text not null,
  runs bigint not null,
  -- when the latest of them had begun
  last_started_at timestamptz not null,
  primary key (workspace_id, workflow_id, end_reason)
);
-- the oldest first
create index workflow_run_over on workflow_run (ended_at) where ended_at is not null;
