-- A merge is an edge from the absorbed contact to its survivor. Every row keeps the contact it was born on; no message is
-- ever written by a merge. contact.root_id, contact_channel.owner_id and conversation.owner_id follow the live root.

-- What a contact that has absorbed others says alone: field → [value, version of its last edit, source, by, at]. Null for
-- every other contact: then its columns say it. See contacts/golden-values.ts
alter table contact add column own jsonb;

-- Up to where a member had read what was born on the contact itself, kept while the contact has absorbed others; read_id
-- then counts for all of them.
alter table read_mark add column own_id bigint;

create table merge_op (
  workspace_id bigint not null,
  id bigint not null,
  survivor_id bigint not null,
  -- the survivor's version right after: an edit of the survivor with a higher one came later and stays
  survivor_version integer not null,
  merged_by bigint,
  merged_via text not null,
  merged_at timestamptz not null,
  -- field → whose value stays, where somebody chose
  picks jsonb not null default '{}',
  -- the evidence at the time
  reasons jsonb not null default '[]',
  -- what undoing needs to know of how it was: see merging/plan-merge.ts
  before jsonb not null,
  -- names, values and counts for the history; emptied when one of the contacts is deleted
  shown jsonb not null,
  -- everything the history finds it by, as in contact_search
  txt text collate "C" not null,
  undone_by bigint,
  undone_via text,
  undone_at timestamptz,
  -- one of its contacts was deleted for good
  final_at timestamptz,
  primary key (workspace_id, id)
);
create index merge_op_survivor on merge_op (workspace_id, survivor_id);
create index merge_op_txt on merge_op using gin (txt gin_trgm_ops);

-- A contact is absorbed by at most one other at a time, so the edges that stand form a forest.
create table merge_edge (
  workspace_id bigint not null,
  op_id bigint not null,
  child_id bigint not null,
  parent_id bigint not null,
  undone boolean not null default false,
  primary key (workspace_id, op_id, child_id)
);
create unique index merge_edge_child on merge_edge (workspace_id, child_id) where not undone;
create index merge_edge_parent on merge_edge (workspace_id, parent_id) where not undone;
create index merge_edge_ever on merge_edge (workspace_id, child_id);
