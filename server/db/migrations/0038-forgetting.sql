-- What a row of a file that became no contact names somebody by, so that it goes with them; null: it has a contact, or names nobody.
alter table import_row add column keys text[];
create index import_row_keys on import_row using gin (keys) where keys is not null;

-- It names somebody who has been deleted while it waited: it goes once it has been looked at, understood or not.
alter table inbound_event add column names_deleted boolean not null default false;
