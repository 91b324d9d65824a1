-- Every table is keyed (workspace_id, …); workspace_id is never updated. Numbers come from `counter`, message and
-- activity ids are microseconds made by the application. No triggers: the act that changes a row writes what follows.

create extension if not exists pg_trgm;

create table workspace (
  id bigint generated always as identity primary key,
  name text not null,
  default_country text,
  time_zone text not null,
  language text not null,
  created_at timestamptz not null default now(),
  -- null until the first contact; the Inbox explains how to begin while it is
  first_contact_at timestamptz
);

create table counter (
  workspace_id bigint not null,
  kind text not null,
  last bigint not null,
  primary key (workspace_id, kind)
);

create table team (
  workspace_id bigint not null,
  id bigint not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index team_name on team (workspace_id, lower(name));

-- A person of the workspace. Rows stay when somebody is removed, so that the history keeps its names.
create table member (
  workspace_id bigint not null,
  id bigint not null,
  user_id text not null,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'manager', 'agent')),
  restrictions text[] not null default '{}',
  team_id bigint,
  joined_at timestamptz not null default now(),
  removed_at timestamptz,
  removed_by bigint,
  -- everything up to here counts as read; keeps unread counts cheap for the diligent
  read_before bigint not null default 0,
  primary key (workspace_id, id)
);
create unique index member_user on member (workspace_id, user_id) where removed_at is null;
-- the one look-up that does not start from a workspace: which ones does this person belong to
create index member_by_user on member (user_id) where removed_at is null;

create table invitation (
  workspace_id bigint not null,
  id bigint not null,
  email text not null,
  role text not null check (role in ('owner', 'manager', 'agent')),
  restrictions text[] not null default '{}',
  team_id bigint,
  token_hash text not null,
  invited_by bigint not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by bigint,
  revoked_at timestamptz,
  revoked_by bigint,
  primary key (workspace_id, id)
);
create unique index invitation_token on invitation (workspace_id, token_hash);
create index invitation_by_token on invitation (token_hash);

create table api_token (
  workspace_id bigint not null,
  id bigint not null,
  member_id bigint not null,
  name text not null,
  token_hash text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by bigint,
  primary key (workspace_id, id)
);
create unique index api_token_hash on api_token (workspace_id, token_hash);

-- The answer of a write that carried an idempotency key, so that its repetition answers the same and does nothing.
create table request (
  workspace_id bigint not null,
  member_id bigint not null,
  key text not null,
  fingerprint text not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, member_id, key)
);
create index request_age on request using brin (created_at);

-- Cold and golden: what is known of a person. Changes seldom; edits stay HOT where they touch no index.
create table contact (
  workspace_id bigint not null,
  id bigint not null,
  created_at timestamptz not null default now(),
  -- accents folded, ñ after n, nameless by phone or e-mail: see contacts/sort-name.ts
  sort_name text collate "C" not null,
  first_name text,
  last_name text,
  profile_name text,
  picture_url text,
  email text,
  phone text,
  phone_unverified boolean not null default false,
  country text,
  language text,
  -- the contact that absorbed this one; null while it stands for itself
  root_id bigint,
  blocked_at timestamptz,
  version integer not null default 1,
  -- provenance of every value that contact_provenance does not name
  born_source text not null,
  born_by bigint,
  primary key (workspace_id, id)
) with (fillfactor = 85);
create index contact_added on contact (workspace_id, created_at, id) where root_id is null and blocked_at is null;
create index contact_sorted on contact (workspace_id, sort_name, id) where root_id is null and blocked_at is null;
create index contact_root on contact (workspace_id, root_id) where root_id is not null;
create index contact_blocked on contact (workspace_id, blocked_at desc, id) where blocked_at is not null;

-- field → [source, by, at]; only values whose origin differs from the contact's birth
create table contact_provenance (
  workspace_id bigint not null,
  contact_id bigint not null,
  p jsonb not null,
  primary key (workspace_id, contact_id)
);

-- Hot: the only row of a contact that a message changes. status 1 open, 2 snoozed, 3 closed, 0 none yet.
create table contact_state (
  workspace_id bigint not null,
  contact_id bigint not null,
  live boolean not null default true,
  status smallint not null default 0,
  assignee_id bigint,
  team_id bigint,
  last_message_at timestamptz not null default '-infinity',
  last_message_id bigint not null default 0,
  last_in_id bigint not null default 0,
  last_channel_id bigint,
  -- the contact channel last heard from: a reply without a named channel goes there
  last_in_contact_channel_id bigint,
  snoozed_until timestamptz,
  conversation_id bigint,
  primary key (workspace_id, contact_id)
) with (fillfactor = 80);
create index contact_state_last on contact_state (workspace_id, last_message_at desc, contact_id desc) where live;
create index contact_state_assignee on contact_state (workspace_id, assignee_id, last_message_at desc, contact_id desc)
  where live and assignee_id is not null;
create index contact_state_team on contact_state (workspace_id, team_id, last_message_at desc, contact_id desc)
  where live and team_id is not null;
create index contact_state_status on contact_state (workspace_id, status, last_message_at desc, contact_id desc)
  where live and status in (1, 2);
create index contact_state_inbox on contact_state (workspace_id, assignee_id, status, last_message_at desc, contact_id desc)
  where live and status in (1, 2);
create index contact_state_snoozed on contact_state (snoozed_until) where snoozed_until is not null;

-- One folded text per live contact (name, e-mail, digits); in a table of its own because a GIN index must not sit on a
-- row that changes often. Every non-ASCII letter that remains after folding is written in ASCII: see contacts/search-text.ts
create table contact_search (
  workspace_id bigint not null,
  contact_id bigint not null,
  live boolean not null default true,
  txt text collate "C" not null,
  primary key (workspace_id, contact_id)
);
create index contact_search_txt on contact_search using gin (txt gin_trgm_ops) where live;
alter table contact_search alter column txt set statistics 2000;

-- What makes two spellings one identity: p:+34600000142, e:ana@example.com
create table identity_key (
  workspace_id bigint not null,
  key text collate "C" not null,
  contact_id bigint not null,
  strength text not null,
  primary key (workspace_id, key, contact_id)
);
create index identity_key_contact on identity_key (workspace_id, contact_id);

create table channel (
  workspace_id bigint not null,
  id bigint not null,
  kind text not null,
  name text not null,
  -- everything but secrets
  settings jsonb not null,
  -- AES-256-GCM over the secrets' JSON: see channels/seal-secrets.ts
  secrets bytea,
  -- the line's own address: +34…, ventas@…
  address text,
  -- the name in webhook addresses and the custom channel protocol; unguessable
  public_id text not null,
  -- one provider line is connected once: the phone number id, the mailbox address
  line_key text,
  paused_at timestamptz,
  paused_by bigint,
  problem jsonb,
  broken boolean not null default false,
  created_at timestamptz not null default now(),
  created_by bigint,
  last_in_at timestamptz,
  last_out_at timestamptz,
  deleted_at timestamptz,
  deleted_by bigint,
  -- how far a mailbox has been read, templates as last seen …: owned by the adapter
  progress jsonb not null default '{}',
  primary key (workspace_id, id)
);
create unique index channel_line on channel (workspace_id, kind, line_key) where deleted_at is null;
-- a webhook names the line before anything is known of its workspace
create index channel_by_public_id on channel (public_id);

create table contact_channel (
  workspace_id bigint not null,
  id bigint not null,
  channel_id bigint not null,
  -- born on; owner_id is the live contact (they differ after a merge)
  contact_id bigint not null,
  owner_id bigint not null,
  -- as the provider gave it; used for sending
  address text not null,
  -- what makes two spellings one address on this channel
  address_key text collate "C" not null,
  profile_name text,
  picture_url text,
  connected_at timestamptz,
  last_in_at timestamptz,
  last_out_at timestamptz,
  removed_at timestamptz,
  removed_by bigint,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create unique index contact_channel_address on contact_channel (workspace_id, channel_id, address_key) where removed_at is null;
create index contact_channel_owner on contact_channel (workspace_id, owner_id);
create index contact_channel_contact on contact_channel (workspace_id, contact_id);

-- One episode, opened and closed; at most one open per live contact.
create table conversation (
  workspace_id bigint not null,
  id bigint not null,
  contact_id bigint not null,
  owner_id bigint not null,
  channel_id bigint,
  opened_at timestamptz not null,
  opened_source text not null,
  opened_by bigint,
  first_in_id bigint,
  first_response_at timestamptz,
  incoming integer not null default 0,
  outgoing integer not null default 0,
  assignee_id bigint,
  last_assigned_at timestamptz,
  closed_at timestamptz,
  closed_source text,
  closed_by bigint,
  category text,
  summary text,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create unique index conversation_open on conversation (workspace_id, owner_id) where closed_at is null;
create index conversation_owner on conversation (workspace_id, owner_id, opened_at desc);
create index conversation_contact on conversation (workspace_id, contact_id);

create table closing_note (
  workspace_id bigint not null,
  id bigint not null,
  category text not null,
  description text not null default '',
  primary key (workspace_id, id)
);

-- status: 0 received, 1 queued, 2 sent, 3 delivered, 4 read, 8 unknown, 9 failed. Internal notes stand here too.
create table message (
  workspace_id bigint not null,
  id bigint not null,
  contact_id bigint not null,
  conversation_id bigint,
  channel_id bigint,
  contact_channel_id bigint,
  incoming boolean not null,
  note boolean not null default false,
  sender_type text not null,
  sender_id bigint,
  status smallint not null,
  ext_id text,
  verified boolean,
  reply_to bigint,
  body jsonb not null,
  failure jsonb,
  reactions jsonb,
  primary key (workspace_id, id)
) with (fillfactor = 95);
create index message_thread on message (workspace_id, contact_id, id);

-- The guard against doubles: (channel, hash of the provider's id) → message. Kept 90 days.
create table message_seen (
  workspace_id bigint not null,
  channel_id bigint not null,
  ext_hash uuid not null,
  message_id bigint not null,
  contact_id bigint not null,
  seen_at timestamptz not null default now(),
  primary key (workspace_id, channel_id, ext_hash)
);
create index message_seen_age on message_seen using brin (seen_at);

-- The HTML of a mail as it came, apart from the thread's rows, which must stay small.
create table message_html (
  workspace_id bigint not null,
  message_id bigint not null,
  contact_id bigint not null,
  html text not null,
  primary key (workspace_id, message_id)
);
create index message_html_contact on message_html (workspace_id, contact_id);

create table attachment (
  workspace_id bigint not null,
  id uuid not null,
  contact_id bigint,
  message_id bigint,
  uploaded_by bigint,
  kind text not null,
  name text not null,
  type text not null,
  size bigint,
  content_id text,
  state text not null check (state in ('pending', 'stored', 'failed')),
  problem text,
  -- where the bytes are to be fetched from at the provider
  source jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index attachment_message on attachment (workspace_id, message_id) where message_id is not null;
create index attachment_contact on attachment (workspace_id, contact_id) where contact_id is not null;

-- Outgoing messages on their way. state: 0 queued, 1 sending, 2 accepted, 8 unknown, 9 failed
create table delivery (
  workspace_id bigint not null,
  message_id bigint not null,
  contact_id bigint not null,
  channel_id bigint not null,
  contact_channel_id bigint not null,
  state smallint not null default 0,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  claimed_at timestamptz,
  primary key (workspace_id, message_id)
);
create index delivery_waiting on delivery (workspace_id, channel_id, contact_id, message_id) where state in (0, 1);

-- What a provider or a mail server handed over, stored before it is answered. state: 0 pending, 1 done, 2 set aside
create table inbound_event (
  workspace_id bigint not null,
  id bigint generated by default as identity,
  channel_id bigint not null,
  body_hash uuid not null,
  received_at timestamptz not null default now(),
  headers jsonb not null default '{}',
  body bytea not null,
  state smallint not null default 0,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  error text,
  done_at timestamptz,
  primary key (workspace_id, id)
);
create unique index inbound_event_body on inbound_event (workspace_id, channel_id, body_hash);
create index inbound_event_pending on inbound_event (workspace_id, channel_id, id) where state = 0;

create table read_mark (
  workspace_id bigint not null,
  contact_id bigint not null,
  member_id bigint not null,
  read_id bigint not null,
  primary key (workspace_id, contact_id, member_id)
);

-- What happened to a contact: who, what, from → to. Ids are microseconds, as a message's.
create table activity (
  workspace_id bigint not null,
  id bigint not null,
  contact_id bigint not null,
  kind text not null,
  actor_type text not null,
  actor_id bigint,
  data jsonb not null default '{}',
  primary key (workspace_id, id)
);
create index activity_contact on activity (workspace_id, contact_id, id);

-- What happened in the workspace that is not about a contact: access, channels, settings. For Owners.
create table audit (
  workspace_id bigint not null,
  id bigint not null,
  kind text not null,
  actor_type text not null,
  actor_id bigint,
  data jsonb not null default '{}',
  ip text,
  primary key (workspace_id, id)
);
