-- A batch of a deletion is looked over once everybody who could have written beside it has ended: by whom it was gone, and how many
-- rows were left of it when it was looked over.
alter table bulk_batch add column gone_at xid8, add column left_over integer;
