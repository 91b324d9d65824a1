-- The words of contact_search.txt, to be found whole or by how they begin: an e-mail or a phone among a million is one look-up,
-- where its three-letter pieces are each shared by thousands. What would not fit (2046 bytes of a word, a million of all) is kept
-- as far as it does.
create function search_words(txt text) returns tsvector immutable parallel safe language sql
return array_to_tsvector(array_remove(string_to_array(
  case when octet_length(txt) <= 2000 then txt else regexp_replace(left(txt, 250000), '([^ ]{250})[^ ]+', '\1', 'g') end, ' '), ''));
create index contact_search_words on contact_search using gin (search_words(txt)) where live;
-- how common each word is nobody asks
alter index contact_search_words alter column 1 set statistics 0;
