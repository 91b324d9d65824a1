-- A text over 2000 bytes could not be written: no more than 255 of a kind can be asked for in a regular expression.
create or replace function search_words(txt text) returns tsvector immutable parallel safe language sql
return array_to_tsvector(array_remove(string_to_array(
  case when octet_length(txt) <= 2000 then txt else regexp_replace(left(txt, 500000), '([^ ]{250})[^ ]+', '\1', 'g') end, ' '), ''));
