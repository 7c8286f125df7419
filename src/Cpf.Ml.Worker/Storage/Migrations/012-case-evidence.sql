-- What stands behind the reasons of a case: dossiers, companies, two years beside its peers. Apart from the case, so
-- that lists need not pass over it; and what cases are found by.

create table case_evidence (
    case_id     text primary key references certification_case (id),
    document    text not null                -- JSON
);
alter table certification_case add column search text not null default '';      -- folded: code, title, first reason
create index certification_case_assignee on certification_case (assignee, state);
create index certification_case_certification on certification_case (certification_id);
