-- What has ended says how: by its end event, or by what ended it.
update holder_request set outcome = 'DELETED' where ended_at is not null and outcome is null;
alter table holder_request add constraint holder_request_outcome check ((ended_at is null) = (outcome is null));
update contest set outcome = 'DELETED' where closed_at is not null and outcome is null;
alter table contest add constraint contest_outcome check ((closed_at is null) = (outcome is null));

-- A phone change, too, passes its point of no return.
update holder_request set committed_at = (select rebound_at from phone_change where request_id = holder_request.id)
    where committed_at is null and id in (select request_id from phone_change where rebound_at is not null);

-- The numbers that an account has unbound, encrypted: for a while each is told what happens to the account. The id is a
-- keyed hash of account and number.
create table unbound_phone (
    id         varchar(64)   not null primary key,
    account_id varchar(64)   not null,
    sealed     varchar(4000) not null,
    expires_at timestamp with time zone not null
);
create index unbound_phone_due on unbound_phone (expires_at);
create index unbound_phone_account on unbound_phone (account_id);
