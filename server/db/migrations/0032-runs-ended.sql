-- Runs that are over, by workflow: counted in its row of the list, and paged through without reading those that go on.
create index workflow_run_ended on workflow_run (workspace_id, workflow_id, id) where ended_at is not null;
