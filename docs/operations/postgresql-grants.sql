-- Once, by account_security_owner in the database account_security, before the first migration.
alter default privileges grant select, insert, update, delete on tables to account_security;
alter default privileges grant usage, select on sequences to account_security;
grant usage on schema public to account_security;
