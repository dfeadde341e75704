-- When a code is to be handed to a gateway next, null once nobody tries any more; a node that sends it has moved this time
-- on. A node of an older version names no time: beside the diagrams of then a job sends the code at once.
alter table verification_code add column send_due_at timestamp with time zone;
alter table verification_code alter column send_due_at set default current_timestamp + interval '10' second;
alter table verification_code add column send_attempts integer default 0 not null;
create index verification_code_due on verification_code (send_due_at);
