-- Documents that controllers put into a case. What was added, by whom and with which hash stands in the chained
-- history; the bytes are forgotten with the evidence of the case.

create table case_attachment (
    case_id     text not null references certification_case (id),
    number      bigint not null,             -- 1 and following, by case
    name        text not null,
    sha256      text not null,
    content     bytea not null,
    added_by    text not null,
    added_at    bigint not null,
    primary key (case_id, number)
);
