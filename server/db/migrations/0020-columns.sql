-- The columns of the Contacts table as a member has arranged them for themself.
create table contact_columns (
  workspace_id bigint not null,
  member_id bigint not null,
  columns jsonb not null,
  primary key (workspace_id, member_id)
);
