-- The language in which a request was begun, which what is sent later speaks too; the one in which an answer was shown; and a
-- notice in each language.
alter table holder_request add column language varchar(16) default 'zh-CN' not null;
alter table holder_answer add column language varchar(16) default 'zh-CN' not null;
drop table notice;
create table notice (
    request_id varchar(36) not null,
    language   varchar(16) not null,
    text       text        not null,
    primary key (request_id, language)
);
