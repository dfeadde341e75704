-- Records are read, erased and purged page by page.
create index shop_order_page on shop_order (account_id, id);
create index retained_transaction_due on retained_transaction (frozen_until);

-- The text that a holder reads before consenting; it goes with the request.
create table notice (
    request_id varchar(36) not null primary key,
    text       text        not null
);

-- What a retry needs once the account is erased: encrypted with a key of its own that the master key wraps, and destroyed
-- with the last notice.
drop table sealed_contact;
create table vault (
    request_id varchar(36) not null primary key,
    sealed     varchar(4000) not null
);

-- The holder's copy of the own data, zipped, in pieces; it goes with its time or with the account.
create table data_export (
    request_id varchar(36) not null primary key,
    account_id varchar(64) not null,
    bytes      bigint      not null,
    expires_at timestamp with time zone not null
);
create index data_export_account on data_export (account_id);
create table data_export_part (
    request_id varchar(36) not null,
    number     integer     not null,
    content    bytea       not null,
    primary key (request_id, number)
);

-- By when a request must be finished; whether the calendar of working days reached that far.
alter table holder_request add column finish_by date;
alter table holder_request add column calendar_complete boolean;
-- Until when no sensitive change of the account may begin.
alter table holder_request add column frozen_until timestamp with time zone;
alter table holder_request add column committed_at timestamp with time zone;
-- When the holder was told that nothing is open any more.
alter table holder_request add column told_clear_at timestamp with time zone;

-- Since when a data set could not be erased, and the kind of failure; null once it is.
alter table erasure add column failed_since timestamp with time zone;
alter table erasure add column failure varchar(200);

-- The proof of a deregistration. The secret that opens it is derived, not stored; what is signed leads to nobody.
create table receipt (
    number     varchar(32) not null primary key,
    request_id varchar(36) not null unique,
    jws        text,
    issued_at  timestamp with time zone,
    keep_until date not null
);
create index receipt_due on receipt (keep_until);
