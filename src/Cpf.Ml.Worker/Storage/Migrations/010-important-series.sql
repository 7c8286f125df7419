-- Series that a person wants watched more closely.

create table important_series (
    series_id  bigint primary key,
    marked_by  text not null,
    marked_at  bigint not null
);
