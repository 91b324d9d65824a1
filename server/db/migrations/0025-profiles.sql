-- What the provider tells of a person: when it was last asked, and where people of the business see the conversation there.
alter table contact_channel add column profile_asked_at timestamptz;
alter table contact_channel add column page_url text;
