-- Audits of the search engine's neutrality: what was found stays as it was.

create table neutrality_audit (
    -- of the log's contents and the settings: the same log is not audited twice
    audit_id   text primary key,
    audited_at bigint not null,
    from_day   text not null,                -- yyyy-MM-dd, first search
    until_day  text not null,
    verdict    text not null,                -- neutral | biased | inconclusive
    neutral    bigint not null,              -- lines of each verdict
    biased     bigint not null,
    open       bigint not null,
    document   text not null                 -- JSON, as cpf-ml neutrality audit writes it
);

create index neutrality_audit_by_time on neutrality_audit (audited_at);
