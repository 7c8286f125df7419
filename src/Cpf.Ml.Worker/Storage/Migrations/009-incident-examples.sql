-- Single transactions that show what an incident was like: a JSON list, the rarest first.
create table incident_example (
    incident_id text primary key,
    document    text not null
);
