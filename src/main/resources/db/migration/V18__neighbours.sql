-- A copy of a holder's data that is still to be made: taken by a node for a time, put off when it fails, gone once it is
-- made or not wanted any more. Null where nobody makes it now.
create table data_export_order (
    request_id varchar(36) not null primary key,
    account_id varchar(64) not null,
    attempts   integer     not null,
    due_at     timestamp with time zone not null,
    lease      varchar(36)
);
create index data_export_order_due on data_export_order (due_at);
create index data_export_order_account on data_export_order (account_id);

-- As many characters as docs/data-set-api.yaml allows, also where the database counts a character as two.
alter table open_item alter column kind set data type varchar(128);
alter table open_item alter column reference set data type varchar(200);
alter table open_item alter column label set data type varchar(400);
