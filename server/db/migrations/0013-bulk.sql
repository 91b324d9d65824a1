-- An act on many contacts, carried out in the background in batches. Whom it is about is settled when it is asked for; each batch
-- is done in the transaction that says so, so that whoever takes it up after a crash does nothing twice.
create table bulk_job (
  workspace_id bigint not null,
  id bigint not null,
  kind text not null,
  -- how they were chosen, without anybody's name or value: see contract/bulk.ts
  chosen jsonb not null,
  asked_by bigint,
  asked_via text not null,
  asked_at timestamptz not null default now(),
  total integer not null,
  done integer not null default 0,
  failed integer not null default 0,
  started_at timestamptz,
  cancelled_by bigint,
  cancelled_at timestamptz,
  ended_at timestamptz,
  -- what the kind says at the end
  result jsonb,
  primary key (workspace_id, id)
);
create index bulk_job_running on bulk_job (workspace_id, id) where ended_at is null;

create table bulk_batch (
  workspace_id bigint not null,
  job_id bigint not null,
  place integer not null,
  contact_ids bigint[] not null,
  done_at timestamptz,
  -- everybody it acted on, with those they had absorbed
  touched_ids bigint[] not null default '{}',
  -- [{contactId, reason, survivorId}]
  failures jsonb not null default '[]',
  -- what was done, by kind of thing
  counts jsonb not null default '{}',
  -- its contacts are done; what hangs on them is too much for one transaction and goes on in further ones
  unfinished boolean not null default false,
  primary key (workspace_id, job_id, place)
);
create index bulk_batch_waiting on bulk_batch (workspace_id, job_id, place) where done_at is null or unfinished;

-- Files whose rows are gone; the bytes go next.
create table doomed_file (
  workspace_id bigint not null,
  id uuid not null,
  primary key (workspace_id, id)
);

-- What is told of one contact, so that it can go with it.
create index delivery_contact on delivery (workspace_id, contact_id);
create index suggestion_key_other on suggestion_key (workspace_id, b);
