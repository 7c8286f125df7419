-- What an incident is found by: service, title and names of its series in both languages, folded by SearchText, one a
-- line. The engines fold letters differently, so the service does. Null until the service has folded a row of before.
alter table incident add column search text;
