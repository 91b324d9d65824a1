-- What could not be understood goes with the contact it came from.
create index inbound_event_aside on inbound_event (workspace_id, channel_id) where state = 2;
