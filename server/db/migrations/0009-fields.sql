-- A field of the workspace's own. Its id and type never change; `slug` is what callers and files name it by.
create table custom_field (
  workspace_id bigint not null,
  id bigint not null,
  name text not null,
  name_key text collate "C" not null,
  slug text collate "C" not null,
  type text not null check (type in ('text', 'list', 'checkbox', 'email', 'number', 'url', 'date', 'time')),
  description text not null default '',
  -- of a list: what may be chosen, in order
  options text[] not null default '{}',
  created_by bigint,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index custom_field_name on custom_field (workspace_id, name_key);
create unique index custom_field_slug on custom_field (workspace_id, slug);

-- Order and display of every field in the record, the same for everybody. key: a standard field's name, or # and the id of a
-- custom one. What has no row stands after those that have one, and is shown.
create table field_place (
  workspace_id bigint not null,
  key text collate "C" not null,
  position integer not null,
  shown text not null check (shown in ('always', 'filled', 'never')),
  primary key (workspace_id, key)
);

create table lifecycle_stage (
  workspace_id bigint not null,
  id bigint not null,
  name text not null,
  name_key text collate "C" not null,
  emoji text,
  description text not null default '',
  -- lost: has left the journey
  kind text not null check (kind in ('stage', 'lost')),
  is_default boolean not null default false,
  position integer not null,
  primary key (workspace_id, id)
);
create unique index lifecycle_stage_name on lifecycle_stage (workspace_id, name_key);
create unique index lifecycle_stage_default on lifecycle_stage (workspace_id) where is_default;

-- field id → value; absent where empty. text, list, email, url: string; checkbox: boolean; number: number; date: 'YYYY-MM-DD';
-- time: 'HH:MM'. Of a merged contact what the merge came to; `own` then holds what it says alone, under # and the field's id.
alter table contact add column fields jsonb not null default '{}';
alter table contact add column lifecycle_id bigint;

create index contact_country on contact (workspace_id, country, id) where root_id is null and blocked_at is null;
create index contact_language on contact (workspace_id, language, id) where root_id is null and blocked_at is null;
create index contact_lifecycle on contact (workspace_id, lifecycle_id, id) where root_id is null and blocked_at is null;

-- What contact.fields is found, ranged and sorted by, of contacts that stand for themselves. Number; date as days since
-- 1970-01-01; time as minutes; checkbox 0 or 1.
create table field_num (
  workspace_id bigint not null,
  field_id bigint not null,
  num double precision not null,
  contact_id bigint not null,
  primary key (workspace_id, field_id, num, contact_id)
);
-- text, list, email, url: folded lower case, cut at 200
create table field_str (
  workspace_id bigint not null,
  field_id bigint not null,
  str text collate "C" not null,
  contact_id bigint not null,
  primary key (workspace_id, field_id, str, contact_id)
);
