-- What a job needs to know beside its contacts: which tags, which member.
alter table bulk_job add column wish jsonb not null default '{}';
