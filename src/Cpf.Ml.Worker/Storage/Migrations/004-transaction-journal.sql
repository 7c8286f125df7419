-- Requests whose events are counted in minutes that no checkpoint knows yet.
create table transaction_journal (
    id          text primary key,            -- of the request: the same id, the same events
    received_at bigint not null,
    until       bigint not null,             -- when the last of its events ended
    lines       bytea not null               -- NDJSON, gzip
);
