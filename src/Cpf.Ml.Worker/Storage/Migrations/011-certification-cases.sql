-- Certifications that controllers look into, and everything that was seen and done, each line chained to the one
-- before.

create table certification_run (
    id              text primary key,        -- follows from the data and the cut-off: the same data are run once
    cutoff          bigint not null,
    ran_at          bigint not null,
    certifications  bigint not null,
    warm            bigint not null,
    document        text not null            -- JSON: what was missing
);

create table certification_case (
    id               text primary key,
    certification_id text not null,
    title            text not null,
    stream           text not null,          -- top | uncertain | random
    state            text not null,          -- open | snoozed | proposed | closed
    harm             double precision not null,
    run_id           text not null references certification_run (id),
    document         text not null,          -- JSON: reasons, evidence, what speaks in favour
    opened_at        bigint not null,
    updated_at       bigint not null,
    holder           text,                   -- who reads it
    held_until       bigint,
    assignee         text,
    opinion_by       text,                   -- a blind case shows its reasons after a first opinion
    snoozed_until    bigint,
    outcome          text,                   -- serious | insufficient | nothing
    motive           text,
    decided_by       text,
    decided_at       bigint,
    confirmed_by     text,
    closed_at        bigint,
    version          bigint not null
);
create unique index certification_case_open on certification_case (certification_id) where closed_at is null;
create index certification_case_state on certification_case (state, harm);

create table case_event (
    sequence    bigint primary key,
    case_id     text not null,
    at          bigint not null,
    actor       text not null,
    action      text not null,
    detail      text not null,
    previous    text not null,               -- hash of the line before
    hash        text not null                -- SHA-256 of all of the above
);
create index case_event_case on case_event (case_id, sequence);

create table case_chain (                    -- one row: the newest line, so that none is missing at the end
    id          bigint primary key,
    sequence    bigint not null,
    hash        text not null
);
insert into case_chain (id, sequence, hash) values (1, 0, '');
