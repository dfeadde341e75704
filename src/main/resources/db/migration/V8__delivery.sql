-- A send counts once a gateway has accepted it, and before that until here; null once it is. Its id is that of its code.
alter table code_send add column under_way_until timestamp with time zone;

-- What a gateway says became of a message; the first that it says stays.
create table message_receipt (
    message_key varchar(100) not null primary key,
    delivery    varchar(16)  not null,
    received_at timestamp with time zone not null
);
create index message_receipt_received on message_receipt (received_at);
