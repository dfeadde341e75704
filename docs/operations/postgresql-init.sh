#!/bin/sh
# Of compose.yaml, in an empty database: roles, passwords, grants.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -f /operations/postgresql-roles.sql
psql -v ON_ERROR_STOP=1 -U postgres -v owner="$OWNER_PASSWORD" -v application="$APPLICATION_PASSWORD" <<'SQL'
alter role account_security_owner password :'owner';
alter role account_security password :'application';
SQL
psql -v ON_ERROR_STOP=1 -U account_security_owner -d account_security -f /operations/postgresql-grants.sql
