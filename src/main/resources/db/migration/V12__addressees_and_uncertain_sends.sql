-- To which of the account's addresses a link went, and from which a case came: whoever got hold of a new number says no
-- more than that. Null of what an older version wrote.
alter table contest_link add column addressee varchar(16);
alter table contest add column addressee varchar(16);

-- A gateway had the message and said nothing: it may have gone.
alter table code_send add column may_have_gone boolean default false not null;
