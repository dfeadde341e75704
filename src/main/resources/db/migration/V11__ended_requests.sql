-- What is open, and what ended lately, is asked for every few seconds.
create index holder_request_ended on holder_request (ended_at);
