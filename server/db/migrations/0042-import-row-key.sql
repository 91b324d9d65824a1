-- Whom rows of files that became no contact name, found by the name whatever else there is: an index over lists is not led to by
-- several hundred keys at once.
create table import_row_key (
  workspace_id bigint not null,
  key text not null,
  import_id bigint not null,
  place integer not null,
  primary key (workspace_id, key, import_id, place)
);
create index import_row_key_row on import_row_key (workspace_id, import_id, place);
insert into import_row_key (workspace_id, key, import_id, place)
  select distinct workspace_id, unnest(keys), import_id, place from import_row where keys is not null;
drop index import_row_keys;
alter table import_row drop column keys;
