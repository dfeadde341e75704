-- Until when a contest restricts the account, whatever becomes of its process, and what staff found out. The default is for
-- nodes of the version before.
alter table contest add column restricted_until timestamp with time zone
    default (current_timestamp + interval '15' day) not null;
update contest set restricted_until = opened_at + interval '15' day;
alter table contest add column answer varchar(16);
