-- What becomes of each data set is settled at the commit point: one row a data set, from the decision table as it read then.
-- There is no outcome before the first part is done; while failed_since is set and verified_at is not, the data set has
-- FAILED so far.
alter table erasure alter column outcome drop not null;
alter table erasure add column label varchar(100);
alter table erasure add column law varchar(200);
alter table erasure add column anonymise boolean;
alter table erasure add column keep_for varchar(20);

-- When the number was changed: for how long both numbers are kept to be told.
alter table phone_change add column rebound_at timestamp with time zone;
