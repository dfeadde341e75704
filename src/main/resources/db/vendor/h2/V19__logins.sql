-- Nobody can log in with a phone number that is stored in another spelling than the one that a typed number gets. A mainland
-- number is mended unless it is another account's; what is left the operator decides.
update account set phone = right(regexp_replace(phone, '[^0-9]', ''), 11)
where not regexp_like(phone, '^(1[3-9][0-9]{9}|[+](?!86)[1-9][0-9]{6,14})$')
  and regexp_like(regexp_replace(phone, '[^0-9+]', ''), '^([+]|00)?(86)?1[3-9][0-9]{9}$')
  and right(regexp_replace(phone, '[^0-9]', ''), 11) in (
    select right(regexp_replace(phone, '[^0-9]', ''), 11) from account group by right(regexp_replace(phone, '[^0-9]', ''), 11) having count(*) = 1);
select case when count(*) > 0 then cast('These accounts have a phone number that nobody can log in with. Store a mainland '
    || 'mobile number as 11 digits that no other account has, any other as + and its digits, or null, and start again: '
    || listagg(id, ', ') within group (order by id) as integer) end
from (select id from account where not regexp_like(phone, '^(1[3-9][0-9]{9}|[+](?!86)[1-9][0-9]{6,14})$') order by id limit 10) as unusable;
alter table account add constraint account_phone_spelling
    check (regexp_like(phone, '^(1[3-9][0-9]{9}|[+](?!86)[1-9][0-9]{6,14})$'));

-- The mail address as a login: in small letters, of ASCII alone, the same in every locale. Of accounts whose addresses
-- differ in nothing but capitals the active one with the first id keeps it; the others log in by phone.
alter table account add column logs_in_by_mail boolean default true not null;
update account set logs_in_by_mail = false
where id in (
    select id from (
        select id, row_number() over (
            partition by translate(mail, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
            order by case status when 'ACTIVE' then 0 else 1 end, id) as place
        from account where mail is not null) as sharing
    where place > 1);
alter table account add column mail_login varchar(254) generated always as (
    case when logs_in_by_mail then translate(mail, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') end);
alter table account add constraint account_mail_login unique (mail_login);
