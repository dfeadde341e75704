-- Since when there is the account, and what the shop makes of its holder: facts that diagrams and tables may ask for. Of an
-- account that was there before, the first order is the earliest that is known.
alter table account add column opened_at timestamp with time zone;
update account set opened_at = coalesce(
    (select min(placed_at) from shop_order where account_id = account.id), current_timestamp);
alter table account alter column opened_at set default current_timestamp;
alter table account alter column opened_at set not null;
alter table account add column standing varchar(16) default 'REGULAR' not null
    check (standing in ('REGULAR', 'SILVER', 'GOLD', 'VIP'));

-- How often an answer was given to a question of a form, by day: of whom it came there is not a word.
create table answer_count (
    question    varchar(40) not null,
    answer      varchar(40) not null,
    answered_on date        not null,
    answers     bigint      not null,
    primary key (question, answer, answered_on)
);

-- A notice of a process owner's to the holder of a request; its id is that of the job that sends it. At most three a day.
create table owner_notice (
    id         varchar(64) not null primary key,
    request_id varchar(36) not null,
    sent_on    date        not null,
    number     integer     not null check (number <= 3),
    begun_at   timestamp with time zone not null,
    told_at    timestamp with time zone,
    unique (request_id, sent_on, number)
);
create index owner_notice_begun on owner_notice (begun_at);
