-- Of what older versions have closed, the consent is what is known of the holder's word; the others are asked anew.
insert into holder_answer (request_id, account_id, statement, task_id, notice_hash, said_at)
    select c.request_id, r.account_id, 'CONSENTED', 'older version', c.notice_hash, c.consented_at
    from consent c join holder_request r on r.id = c.request_id
    where r.committed_at is not null and r.confirmation_id is null;
drop table consent;
