-- Asked for no advertising only: whatever else is said may be said.
alter table opt_out add column marketing boolean not null default false;
