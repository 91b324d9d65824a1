-- Which contacts may be one person. identity_key also holds what a value may be met under beside its own key (another reading,
-- the mailbox probably meant, the last digits); only 'exact', 'repaired', 'unverified', 'local' and 'role' are keys of the
-- value itself: see identity/index-keys.ts
-- Under which version of the rules the keys of a workspace stand; see identity/key-version.ts
alter table workspace add column key_version integer not null default 0;

-- Contacts whose pairs are to be judged anew, with the keys they no longer have. Written with the change, taken away with
-- the judgement.
create table identity_due (
  workspace_id bigint not null,
  contact_id bigint not null,
  lost_keys text[] collate "C" not null default '{}',
  primary key (workspace_id, contact_id)
);

-- Two live contacts that may be one person; a < b.
create table pair_suggestion (
  workspace_id bigint not null,
  a bigint not null,
  b bigint not null,
  tier text not null check (tier in ('A', 'B', 'C')),
  score real not null,
  -- see identity/judge-pair.ts
  reasons jsonb not null,
  found_at timestamptz not null,
  primary key (workspace_id, a, b)
);
create index pair_suggestion_other on pair_suggestion (workspace_id, b);
create index pair_suggestion_rank on pair_suggestion (workspace_id, score desc, found_at desc, a, b);

-- The keys a suggestion stands on: what is to be judged anew when one of them becomes everybody's.
create table suggestion_key (
  workspace_id bigint not null,
  key text collate "C" not null,
  a bigint not null,
  b bigint not null,
  primary key (workspace_id, key, a, b)
);
create index suggestion_key_pair on suggestion_key (workspace_id, a, b);

-- Two contacts that somebody told apart, by the ids they had then, with what was known for them; a < b. Merges leave it alone.
create table identity_decision (
  workspace_id bigint not null,
  a bigint not null,
  b bigint not null,
  keys text[] collate "C" not null,
  decided_by bigint,
  decided_at timestamptz not null,
  primary key (workspace_id, a, b)
);
create index identity_decision_other on identity_decision (workspace_id, b);
create index identity_decision_newest on identity_decision (workspace_id, decided_at desc, a, b);

-- Phones and e-mails that more contacts have than one person could; `holders` counted to 1 000.
create table shared_key (
  workspace_id bigint not null,
  key text collate "C" not null,
  holders integer not null,
  primary key (workspace_id, key)
);

-- What the workspace itself said is nobody's own.
create table blocked_value (
  workspace_id bigint not null,
  key text collate "C" not null,
  blocked_by bigint,
  blocked_at timestamptz not null,
  primary key (workspace_id, key)
);

-- While all contacts of a workspace are compared anew.
create table suggestion_rebuild (
  workspace_id bigint not null primary key,
  -- keys are made anew up to this contact
  keyed_to bigint not null default 0,
  -- how many contacts were due when all keys stood; null before
  total bigint,
  started_at timestamptz not null default now()
);
