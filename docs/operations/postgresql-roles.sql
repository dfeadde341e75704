-- Once, by a superuser. The owner migrates the schema, the application reads and writes rows. Set passwords of your own.
create role account_security_owner login password 'change-me';
create role account_security login password 'change-me';
create database account_security owner account_security_owner;
