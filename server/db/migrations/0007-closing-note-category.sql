-- Two categories that differ in nothing but capitals cannot be told apart in a list.
create unique index closing_note_category on closing_note (workspace_id, lower(category));
