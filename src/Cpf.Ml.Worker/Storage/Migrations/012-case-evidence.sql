-- What stands behind the reasons of a case: dossiers, companies, two years beside its peers. Read for one case at a time; and what cases are found by.

alter table certification_case add column evidence text;                        -- JSON; null once it is forgotten
alter table certification_case add column search text not null default '';      -- folded: code, title, first reason
create index certification_case_assignee on certification_case (assignee, state);
