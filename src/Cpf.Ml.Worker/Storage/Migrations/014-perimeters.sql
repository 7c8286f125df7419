-- Perimeters of funding: every version stays as it was; the newest is the one that people work on.

create table perimeter_version (
    perimeter_id text not null,
    number       bigint not null,            -- 1 and following
    -- rises with every change of the version: two people do not write over each other
    revision     bigint not null,
    state        text not null,              -- draft | proposed | approved | replaced
    document     text not null,              -- JSON: name, jobs, rule, choices, dates, certifications
    written_by   text not null,
    written_at   bigint not null,
    proposed_by  text,
    decided_by   text,
    decided_at   bigint,
    motive       text,                       -- of who approved it or sent it back
    primary key (perimeter_id, number)
);

-- What people say of a recommendation: the judged set that models are measured on.
create table recommendation_judgement (
    certification_id text not null,
    job              text not null,          -- ROME code, version 3
    person           text not null,
    is_accepted      bigint not null,         -- 1 or 0
    reason           text not null,
    model            text not null,          -- whose link was judged
    judged_at        bigint not null,
    primary key (certification_id, job, person)
);
