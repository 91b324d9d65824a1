-- A part of a file is written once, fetched seldom and gone after a week: packing it would cost more than all else about it.
alter table export_part alter column content set storage external;
-- the same of the numbers of a batch's contacts, which are written once each
alter table bulk_batch alter column contact_ids set storage external, alter column touched_ids set storage external;
