-- What people and pipelines say of the platform: it was deployed, or a change is here to stay.

create table deployment (
    id         text primary key,             -- derived from service, version and instant: sent again it is the same
    service    text not null,
    version    text not null,
    at         bigint not null,
    created_by text not null,
    created_at bigint not null
);
create index deployment_at on deployment (at);

create table new_normal (
    id         text primary key,
    series_id  bigint not null,
    at         bigint not null,              -- newest point of the series then: what comes after it is usual
    reason     text not null,
    created_by text not null,
    created_at bigint not null
);
create index new_normal_series on new_normal (series_id, at);
