-- The page of one's own site on which somebody last wrote: { url, title }.
alter table contact_channel add column last_page jsonb;

-- Tokens of the website chat's visitors that ended before their time: signed out, or known by another name now. Kept as long
-- as such a token would have lasted.
create table webchat_end (
  workspace_id bigint not null,
  channel_id bigint not null,
  nonce text not null,
  ended_at timestamptz not null default now(),
  primary key (workspace_id, channel_id, nonce)
);
