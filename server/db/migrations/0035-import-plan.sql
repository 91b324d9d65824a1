-- What would become of each row of a file, judged in the background as somebody has asked for; one plan at a time, counted up.
create table import_plan (
  workspace_id bigint not null,
  import_id bigint not null,
  plan integer not null,
  -- see contract/imports.ts
  wish jsonb not null,
  asked_at timestamptz not null default now(),
  -- rows up to this one are judged; written with them
  done integer not null default 0,
  counts jsonb not null default '{}',
  ended_at timestamptz,
  primary key (workspace_id, import_id)
);

create table import_plan_row (
  workspace_id bigint not null,
  import_id bigint not null,
  plan integer not null,
  place integer not null,
  outcome text not null,
  -- [{path, reason, message}]
  reasons jsonb not null,
  contact_id bigint,
  -- of a contact that is not there yet: the row which makes it
  of_place integer,
  primary key (workspace_id, import_id, plan, place)
);
create index import_plan_row_outcome on import_plan_row (workspace_id, import_id, plan, outcome, place);
create index import_plan_row_of on import_plan_row (workspace_id, import_id, plan, of_place) where of_place is not null;
create index import_plan_row_contact on import_plan_row (workspace_id, contact_id) where contact_id is not null;

-- Who has a key once the rows judged until then are carried out: a contact, or whom a row makes; neither: nobody any more.
create table import_plan_key (
  workspace_id bigint not null,
  import_id bigint not null,
  plan integer not null,
  key text not null,
  contact_id bigint,
  place integer,
  primary key (workspace_id, import_id, plan, key)
);
create index import_plan_key_contact on import_plan_key (workspace_id, contact_id) where contact_id is not null;
