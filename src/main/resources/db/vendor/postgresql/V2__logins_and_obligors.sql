-- The rules of the embedded shop that H2 writes otherwise.

-- Each login belongs to one account. A phone number has the spelling that a typed number gets: 11 digits for a mainland mobile
-- number, + and the digits for any other. The mail address is in small letters, of ASCII alone, the same in every locale.
alter table account add constraint account_phone_spelling
    check (phone ~ '^(1[3-9][0-9]{9}|[+](?!86)[1-9][0-9]{6,14})$');
alter table account add column mail_login varchar(254)
    generated always as (translate(mail, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')) stored;
alter table account add constraint account_mail_login_key unique (mail_login);

-- Who owes or is owed must be an open account: an order, a balance or a subscription can't be added to an account that is
-- closing, and an account that has one can't begin to close.
alter table account add column obligor varchar(64)
    generated always as (case when status in ('ACTIVE', 'LOCKED') then id end) stored;
alter table account add constraint account_obligor_key unique (obligor);

alter table shop_order add column obligor varchar(64)
    generated always as (case when status in ('UNPAID', 'IN_DELIVERY') then account_id end) stored;
alter table shop_order add constraint shop_order_obligor_fk foreign key (obligor) references account (obligor);

alter table wallet add column obligor varchar(64)
    generated always as (case when balance_fen <> 0 then account_id end) stored;
alter table wallet add constraint wallet_obligor_fk foreign key (obligor) references account (obligor);

alter table subscription add column obligor varchar(64)
    generated always as (case when status = 'ACTIVE' then account_id end) stored;
alter table subscription add constraint subscription_obligor_fk foreign key (obligor) references account (obligor);
