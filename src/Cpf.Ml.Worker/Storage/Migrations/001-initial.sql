-- One dialect for SQLite and PostgreSQL. Instants are Unix milliseconds, UTC. Documents are JSON text.
-- Bytes are bytea here; the runner says blob to SQLite.

create table series (
    id          bigint primary key,          -- XxHash3 of key, as a signed 64-bit number
    key         text not null unique,        -- name{label="value",...}, labels sorted
    name        text not null,
    labels      text not null,               -- JSON object
    kind        text not null,               -- gauge | duration | volume | error-rate
    unit        text not null,
    service     text not null,
    created_at  bigint not null
);

create table point_block (                   -- scored history, one row a series and hour
    series_id   bigint not null,
    hour        bigint not null,             -- Unix milliseconds of the hour's begin
    points      bytea not null,
    primary key (series_id, hour)
);
create index point_block_hour on point_block (hour);

create table detector_state (
    series_id   bigint primary key,
    saved_at    bigint not null,
    state       bytea not null
);

create table worker_state (                  -- whatever else must survive a restart: open windows, cursors
    name        text primary key,
    saved_at    bigint not null,
    state       bytea not null
);

create table incident (
    id              text primary key,
    service         text not null,
    severity        text not null,           -- notice | warning | critical
    opened_at       bigint not null,
    updated_at      bigint not null,
    held_from       bigint,                  -- since when no alert is open, on the worker's clock
    closed_at       bigint,
    title           text not null,           -- JSON {fr,en}
    acknowledged_by text,
    acknowledged_at bigint,
    assignee        text,
    verdict         text,                    -- useful | noise
    silenced_by     text,                    -- silence.id
    announced       text not null,           -- JSON array of {severity,since,until}: what publishers were told
    announced_at    bigint not null,         -- when that last changed; 0 when never
    version         bigint not null
);
create index incident_opened on incident (opened_at);
create index incident_open on incident (service) where closed_at is null;

create table alert (
    id          text primary key,
    incident_id text not null references incident (id),
    rule        text not null,
    series_id   text not null,
    series_name text not null,               -- JSON {fr,en}
    service     text not null,
    severity    text not null,
    opened_at   bigint not null,
    updated_at  bigint not null,
    closed_at   bigint,
    document    text not null                -- JSON, docs/alert.schema.json
);
create index alert_incident on alert (incident_id);
create index alert_series on alert (series_id, opened_at);

create table incident_event (                -- the timeline: append-only
    id          text primary key,
    incident_id text not null references incident (id),
    at          bigint not null,
    actor       text not null,               -- account name, or system
    -- opened | joined | escalated | quieted | closed | reopened | acknowledged | assigned | comment | verdict
    -- | silenced | unsilenced | published | undeliverable
    kind        text not null,
    version     bigint not null,             -- incident.version that it led to
    position    integer not null,            -- among the events of that version
    detail      text not null                -- JSON
);
create index incident_event_incident on incident_event (incident_id, at);

create table silence (
    id          text primary key,
    kind        text not null,               -- silence | maintenance
    matchers    text not null,               -- JSON array of {label,value}; service and series are labels too
    starts_at   bigint not null,
    ends_at     bigint not null,
    reason      text not null,
    created_by  text not null,
    created_at  bigint not null,
    ended_by    text,
    ended_at    bigint
);

create table outbox (
    id           text primary key,           -- derived from publisher, incident and its version
    publisher    text not null,
    incident_id  text not null,
    kind         text not null,              -- opened | escalated | silenced | resumed | closed
    -- incident.version that it tells of; one incident's rows are delivered in this order
    version      bigint not null,
    payload      text not null,              -- JSON, docs/alert.schema.json
    created_at   bigint not null,
    not_before   bigint not null,
    attempts     integer not null default 0,
    last_error   text,
    delivered_at bigint,
    dead_at      bigint
);
create index outbox_pending on outbox (publisher, not_before) where delivered_at is null and dead_at is null;
create index outbox_incident on outbox (publisher, incident_id, version);

create table account (
    name          text primary key,
    display_name  text not null,
    password_hash text not null,
    roles         text not null,             -- comma-separated: operator,controller,funder,auditor,administrator
    language      text not null,             -- fr | en
    created_at    bigint not null,
    disabled_at   bigint,
    failed_count  integer not null default 0,
    locked_until  bigint
);

create table api_token (
    id           text primary key,
    name         text not null,
    hash         text not null unique,       -- SHA-256 of the secret, hexadecimal
    scopes       text not null,              -- comma-separated: ingest,read,operate,administer
    created_by   text not null,
    created_at   bigint not null,
    expires_at   bigint,
    revoked_at   bigint,
    last_used_at bigint
);

create table audit_log (                     -- append-only
    id      text primary key,
    at      bigint not null,
    actor   text not null,
    action  text not null,
    subject text not null,
    before  text,
    after   text,
    source  text not null,                   -- remote address
    trace   text not null
);
create index audit_log_at on audit_log (at);

create table setting (                       -- what people set while the service runs, for example the alert budget
    name       text primary key,
    value      text not null,                -- JSON
    changed_by text not null,
    changed_at bigint not null
);
