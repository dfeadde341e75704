-- The link of a notice by which its reader can say "that was not me". The token is in the notice alone.
create table contest_link (
    token_hash varchar(64) not null primary key,
    request_id varchar(36) not null,
    occasion   varchar(32) not null,
    expires_at timestamp with time zone not null,
    told_at    timestamp with time zone,
    spent_at   timestamp with time zone
);
create index contest_link_request on contest_link (request_id);
create index contest_link_due on contest_link (expires_at);

-- A request that was contested. Until the case is closed, the account that it restricts begins no sensitive change.
create table contest (
    id         varchar(36) not null primary key,
    request_id varchar(36) not null,
    occasion   varchar(32) not null,
    stopped    boolean     not null,
    restricts  varchar(64),
    opened_at  timestamp with time zone not null,
    closed_at  timestamp with time zone,
    outcome    varchar(64)
);
create index contest_restricts on contest (restricts);
create index contest_request on contest (request_id);
