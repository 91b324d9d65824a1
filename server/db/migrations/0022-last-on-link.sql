-- What was last said on a contact's channel, either way, so that its card can tell it without a walk through the thread.
alter table contact_channel add column last_message_id bigint;
update contact_channel link set last_message_id = said.id
from (select workspace_id, contact_channel_id, max(id) as id from message
  where contact_channel_id is not null and not note and status in (0, 2, 3, 4) group by 1, 2) said
where link.workspace_id = said.workspace_id and link.id = said.contact_channel_id;
