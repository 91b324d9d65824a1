-- A label that members put on contacts. One that was merged into another stays as its other name, so that old numbers still
-- lead somewhere; it shows nowhere and frees its name.
create table tag (
  workspace_id bigint not null,
  id bigint not null,
  name text not null,
  -- what makes two names one, see tags/tag-name.ts; made by the application, so that no collation has a say in it
  name_key text collate "C" not null,
  colour text not null,
  emoji text,
  description text not null default '',
  created_by bigint,
  created_at timestamptz not null default now(),
  merged_into bigint,
  primary key (workspace_id, id)
);
create unique index tag_name on tag (workspace_id, name_key) where merged_into is null;

-- In the order in which they were put on; no index, so that tagging stays a small write. A merged contact's are those of all
-- its members, `own_tags` then what it had alone; null for every other contact.
alter table contact add column tags integer[] not null default '{}';
alter table contact add column own_tags integer[];

-- Which live contacts hold a tag: what contact.tags is found and counted by.
create table contact_tag (
  workspace_id bigint not null,
  tag_id bigint not null,
  contact_id bigint not null,
  primary key (workspace_id, tag_id, contact_id)
);
