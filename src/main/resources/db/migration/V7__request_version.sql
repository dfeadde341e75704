-- Which version of its diagram a request runs, and with it which decision tables; null of one opened before this was kept.
alter table holder_request add column process_definition_id varchar(64);
