-- When each series' last alert closed, asked at every start: without the documents of all alerts that there ever were.
create index alert_closed on alert (rule, series_id, closed_at);
