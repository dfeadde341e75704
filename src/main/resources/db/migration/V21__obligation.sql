-- What is owed once a request is opened, committed or a number is changed, whatever becomes of its process; nothing in a row
-- leads to a person. An obligation waits for those of its request with a smaller stage; 0 waits for none, and none for it.
create table obligation (
    request_id      varchar(36) not null,
    kind            varchar(32) not null,
    subject         varchar(64) not null,
    stage           integer     not null,
    due_at          timestamp with time zone not null,
    done_at         timestamp with time zone,
    next_attempt_at timestamp with time zone,
    attempts        integer     not null,
    primary key (request_id, kind, subject),
    constraint obligation_open check ((done_at is null) = (next_attempt_at is not null))
);
create index obligation_next on obligation (next_attempt_at);
