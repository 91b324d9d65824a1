-- What was opened and closed of late, for the dashboard: rows lie about in the order in which they came, so a sketch of each
-- stretch is enough and costs writing next to nothing.
create index conversation_opened on conversation using brin (opened_at) with (pages_per_range = 32, autosummarize = on);
create index conversation_closed on conversation using brin (closed_at) with (pages_per_range = 32, autosummarize = on);
