-- Who signs in: people, their sessions, passwords and second factors. Read and written by the sign-in library under names
-- of our own (members/sign-in-library.ts maps them), never migrated by it. A person is not of one workspace: membership is
-- the member row. These tables hold no workspace's data and are referred to by id alone.

create schema auth;

create table auth.person (
  id text primary key,
  name text not null,
  -- as members/sign-in-address.ts writes it: one spelling per address
  email text collate "C" not null unique,
  -- somebody showed that they read this mailbox: an invitation or a reset that only travelled by mail was used
  email_verified boolean not null default false,
  image text,
  second_factor_on boolean default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth.session (
  id text primary key,
  person_id text not null references auth.person (id) on delete cascade,
  token text collate "C" not null unique,
  expires_at timestamptz not null,
  ip text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_person on auth.session (person_id);
create index session_expired on auth.session (expires_at);

create table auth.credential (
  id text primary key,
  person_id text not null references auth.person (id) on delete cascade,
  provider text not null,
  provider_account text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index credential_account on auth.credential (provider, provider_account);
create index credential_person on auth.credential (person_id);

-- Short-lived proofs: password resets, second steps that wait, trusted browsers.
create table auth.verification (
  id text primary key,
  identifier text collate "C" not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);
create index verification_expired on auth.verification (expires_at);

create table auth.second_factor (
  id text primary key,
  person_id text not null references auth.person (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failures integer default 0,
  locked_until timestamptz
);
create unique index second_factor_person on auth.second_factor (person_id);

-- Attempts within a window, counted for all processes together: see members/throttle.ts
create table auth.throttle (
  key text collate "C" primary key,
  attempts integer not null,
  resets_at timestamptz not null
);
create index throttle_over on auth.throttle (resets_at);

-- The link only travelled by mail: whoever uses it reads that mailbox.
alter table invitation add column mailed boolean not null default false;
-- One open invitation per address.
create unique index invitation_open on invitation (workspace_id, email) where accepted_at is null and revoked_at is null;

-- All of one member's work, for the moment they leave.
create index conversation_assignee on conversation (workspace_id, assignee_id) where closed_at is null and assignee_id is not null;
create index api_token_member on api_token (workspace_id, member_id) where revoked_at is null;
