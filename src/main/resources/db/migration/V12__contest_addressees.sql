-- Whose link it is, and the case that it opened or was added to: whoever got hold of a new number says no more than that.
alter table contest_link add column addressee varchar(16);
alter table contest_link add column contest_id varchar(36);
create index contest_link_contest on contest_link (contest_id);
