-- Further keys of a person on a channel, beside contact_channel.address_key: WhatsApp's own id of somebody who once showed
-- their phone and then hides it behind a username must find the same link.
create table contact_channel_alias (
  workspace_id bigint not null,
  channel_id bigint not null,
  address_key text collate "C" not null,
  contact_channel_id bigint not null,
  primary key (workspace_id, channel_id, address_key)
);
create index contact_channel_alias_link on contact_channel_alias (workspace_id, contact_channel_id);
