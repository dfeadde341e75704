-- Who owes or is owed must be an open account, and the database sees to it: an order, a balance or a subscription can't be
-- added to an account that is closing, and an account that has one can't begin to close.
alter table account add column obligor varchar(64)
    generated always as (case when status in ('ACTIVE', 'LOCKED') then id end);
alter table account add constraint account_obligor unique (obligor);

alter table shop_order add column obligor varchar(64)
    generated always as (case when status in ('UNPAID', 'IN_DELIVERY') then account_id end);
alter table shop_order add constraint shop_order_obligor foreign key (obligor) references account (obligor);

alter table wallet add column obligor varchar(64)
    generated always as (case when balance_fen <> 0 then account_id end);
alter table wallet add constraint wallet_obligor foreign key (obligor) references account (obligor);

alter table subscription add column obligor varchar(64)
    generated always as (case when status = 'ACTIVE' then account_id end);
alter table subscription add constraint subscription_obligor foreign key (obligor) references account (obligor);
