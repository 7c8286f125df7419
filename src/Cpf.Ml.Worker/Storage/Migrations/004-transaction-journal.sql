create table transaction_journal (           -- requests whose events are counted in minutes that no checkpoint knows yet
    id          text primary key,            -- of the request: the same id, the same events
    received_at bigint not null,
    until       bigint not null,             -- when the last of its events ended
    lines       bytea not null               -- NDJSON, gzip
);
