-- The last characters of an API token, by which its holder knows it again; those made before are known by name and time.
alter table api_token add column ending text;
