-- What is looked for by an account, among all the requests and verifications that there ever were.
create index verification_account on verification (account_id);
create index holder_request_account on holder_request (account_id, ended_at);
create index holder_request_open on holder_request (open_for);
