-- Whether contacts are found by what they hold in the field, as far as that is text.
alter table custom_field add column searchable boolean not null default true;
