-- Whom a running process is about. The engine knows the id of the request as business key, and no more.
create table holder_request (
    id                  varchar(36) not null primary key,
    process_key         varchar(64) not null,
    account_id          varchar(64) not null,
    process_instance_id varchar(64) not null unique,
    open_for            varchar(64),
    opened_at           timestamp with time zone not null,
    ended_at            timestamp with time zone,
    outcome             varchar(64),
    unique (process_key, open_for)
);

-- One run of verification-code; the id is that of its process instance.
create table verification (
    id              varchar(64) not null primary key,
    request_id      varchar(36) not null,
    purpose         varchar(32) not null,
    account_id      varchar(64) not null,
    account_version bigint      not null,
    opened_at       timestamp with time zone not null,
    accepted_at     timestamp with time zone,
    accepted_target varchar(64),
    used_at         timestamp with time zone
);
create index verification_request on verification (request_id);

-- A code that was issued. Neither the code nor the address is stored, only a keyed hash of the address.
create table verification_code (
    id              varchar(36) not null primary key,
    verification_id varchar(64) not null references verification (id),
    number          integer     not null,
    serial          varchar(2)  not null,
    channel         varchar(8)  not null,
    target_hash     varchar(64) not null,
    issued_at       timestamp with time zone not null,
    expires_at      timestamp with time zone not null,
    tries_left      integer     not null,
    delivered_at    timestamp with time zone,
    spent_at        timestamp with time zone,
    voided_at       timestamp with time zone,
    unique (verification_id, number)
);

-- The limits of an account and of an address live here, across requests, processes and nodes.
create table code_allowance (
    subject      varchar(80) not null primary key,
    failures     integer     not null,
    counted_from timestamp with time zone not null,
    paused_until timestamp with time zone
);
create table code_send (
    id          varchar(36) not null primary key,
    account_id  varchar(64) not null,
    target_hash varchar(64) not null,
    purpose     varchar(32) not null,
    sent_at     timestamp with time zone not null
);
create index code_send_purpose on code_send (purpose, sent_at);
create index code_send_account on code_send (account_id, sent_at);
create index code_send_target on code_send (target_hash, sent_at);

create table consent (
    request_id   varchar(36) not null primary key,
    notice_hash  varchar(64) not null,
    consented_at timestamp with time zone not null
);

create table open_item (
    request_id varchar(36)  not null,
    data_set   varchar(64)  not null,
    number     integer      not null,
    kind       varchar(64)  not null,
    reference  varchar(100) not null,
    label      varchar(200) not null,
    amount_fen bigint       not null,
    primary key (request_id, data_set, number)
);

create table erasure (
    request_id   varchar(36) not null,
    data_set     varchar(64) not null,
    outcome      varchar(16) not null,
    frozen_until date,
    verified_at  timestamp with time zone,
    primary key (request_id, data_set)
);

-- Where the last notice goes once the account is erased: encrypted, kept for that alone, destroyed after it.
create table sealed_contact (
    request_id varchar(36) not null primary key,
    salt       varchar(64) not null,
    sealed     varchar(2000) not null
);

-- The numbers of a phone change that is under way; the row goes with the process.
create table phone_change (
    request_id varchar(36) not null primary key,
    old_phone  varchar(20),
    new_phone  varchar(20)
);

-- When an account asked whether a number can be bound: so that nobody finds out which numbers are.
create table phone_check (
    id         varchar(36) not null primary key,
    account_id varchar(64) not null,
    checked_at timestamp with time zone not null
);
create index phone_check_account on phone_check (account_id, checked_at);

-- Attempts to log in, by keyed hashes of what was typed and of the client's network.
create table login_attempt (
    subject      varchar(80) not null primary key,
    attempts     integer     not null,
    counted_from timestamp with time zone not null
);
