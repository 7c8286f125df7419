-- What of an incident is compared with others, so that a hundred past incidents are compared without reading their
-- alerts.
alter table incident add column traits text; -- JSON {series,tests,size}; null of incidents closed before this
