-- Keys that sign session cookies: kept here so that sessions survive a restart and several workers share them.
create table data_protection_key (
    name        text primary key,
    xml         text not null,
    created_at  bigint not null
);
