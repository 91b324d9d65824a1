-- What a workspace has done by itself: what sets it off, and the steps each contact is then led through.
create table workflow (
  workspace_id bigint not null,
  id bigint not null,
  name text not null,
  name_key text not null,
  -- counts up with each edit of the draft
  revision integer not null default 1,
  -- triggers and steps: see contract/workflows.ts; secrets are null in it
  draft jsonb not null,
  -- AES-256-GCM: what headers are secret by step, and the token of the address that programs post to
  secrets bytea,
  -- of that token
  hook_hash text,
  created_at timestamptz not null default now(),
  created_by bigint,
  -- the last version that was published; null while it is a draft
  version integer,
  -- nobody enters any more
  stopped_at timestamptz,
  stopped_by bigint,
  removed_at timestamptz,
  removed_by bigint,
  -- runs with a lower number come to an end before their next step, for this reason; null once they all have
  halted_before bigint,
  halt_reason text,
  halted_by bigint,
  -- contacts that did not enter, for workflows that set one another off, or too often
  refused integer not null default 0,
  refused_at timestamptz,
  primary key (workspace_id, id)
);
create unique index workflow_name on workflow (workspace_id, name_key) where removed_at is null;
-- a program that posts names nothing but the token
create index workflow_halting on workflow (workspace_id, id) where halted_before is not null;
create index workflow_by_hook on workflow (hook_hash) where removed_at is null;

-- What was published, and stays as it is: a run keeps the version it began with.
create table workflow_version (
  workspace_id bigint not null,
  workflow_id bigint not null,
  version integer not null,
  definition jsonb not null,
  secrets bytea,
  published_at timestamptz not null default now(),
  published_by bigint,
  primary key (workspace_id, workflow_id, version)
);

-- What is in force, by what sets it off. An activity of a kind that stands nowhere here writes no event.
create table workflow_trigger (
  workspace_id bigint not null,
  -- of the activity
  kind text not null,
  workflow_id bigint not null,
  -- among the triggers of its version
  place smallint not null,
  -- the tags, fields it asks for; null where it asks for none
  subjects text[],
  primary key (workspace_id, kind, workflow_id, place)
);

-- An activity that may set something off, written with it and judged soon after.
create table workflow_event (
  workspace_id bigint not null,
  -- of the activity
  id bigint not null,
  -- as it was numbered then
  contact_id bigint not null,
  -- how many workflows have set one another off before
  depth smallint not null default 0,
  primary key (workspace_id, id)
);
create index workflow_event_contact on workflow_event (workspace_id, contact_id);

-- A contact's way through a workflow. It has something to do from wake_at on; while it has not, it is this row and nothing else.
create table workflow_run (
  workspace_id bigint not null,
  -- µs, as an activity's
  id bigint not null,
  workflow_id bigint not null,
  version integer not null,
  -- as it was numbered then
  contact_id bigint not null,
  started_at timestamptz not null default now(),
  trigger_kind text not null,
  -- who did what set it off
  by_type text not null,
  by_id bigint,
  depth smallint not null default 0,
  -- the step it stands at
  step_id text,
  -- how many steps it has come to
  place integer not null default 0,
  -- ready: to be done at wake_at; waiting, asking: until then; calling: a request is being made, given up at wake_at
  state text not null default 'ready' check (state in ('ready', 'waiting', 'asking', 'calling')),
  wake_at timestamptz not null default now(),
  -- tries of the step it stands at
  attempts integer not null default 0,
  -- the message that may be the answer it asks for
  answer_id bigint,
  -- what it was begun with and has come to know, as text
  vals jsonb not null default '{}',
  ended_at timestamptz,
  end_reason text,
  ended_by bigint,
  primary key (workspace_id, id)
);
-- a contact is in a workflow once at a time
create unique index workflow_run_active on workflow_run (workspace_id, workflow_id, contact_id) where ended_at is null;
create index workflow_run_due on workflow_run (workspace_id, wake_at) where ended_at is null;
create index workflow_run_asking on workflow_run (workspace_id, contact_id) where ended_at is null and state = 'asking';
create index workflow_run_of on workflow_run (workspace_id, workflow_id, id);
create index workflow_run_contact on workflow_run (workspace_id, contact_id, id);

-- What happened at each step. Keyed so that it is found by its run, whose contact is known, and goes with the contact.
create table workflow_run_step (
  workspace_id bigint not null,
  contact_id bigint not null,
  run_id bigint not null,
  place integer not null,
  step_id text not null,
  kind text not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text not null,
  reason text,
  attempts integer not null default 1,
  -- {messageId, arm, status, until, values}: see contract/workflows.ts
  data jsonb not null default '{}',
  primary key (workspace_id, contact_id, run_id, place)
);
