-- The demo shop, loaded into an empty database only: the accounts if there is no account, and what belongs to them only
-- to accounts that have no wallet yet, which are those just loaded. The password of acct-<number> is Demo-<number>.

insert into account (id, status, version, phone, mail, password_hash, nickname, opened_at, membership_level)
select id, 'ACTIVE', 1, phone, mail, password_hash, nickname, cast(opened_at as timestamp with time zone), membership_level
from (values
    ('acct-10001', '13800138001', 'demo-10001@example.com', '{bcrypt}$2a$10$mEv4x1g/abJrjOUfG4ybC.AVlg/5.nj7F6Jp2ahnTrT.i5UeQ/p4.', '林一', '2024-03-15 10:00:00+08:00', 'REGULAR'),
    ('acct-10002', '13800138002', 'demo-10002@example.com', '{bcrypt}$2a$10$ss8SJUaHyxxAnqAAj0fkIupzUV6zjweRcJtwQCg62kI0tovuVweni', '陈二', '2026-05-02 10:00:00+08:00', 'REGULAR'),
    ('acct-10003', '13800138003', cast(null as varchar(254)), '{bcrypt}$2a$10$BphoX4PtV46M2s8eylWv.u4DPMClHokxYWTJt.beMubI.h/4PfHGO', '张三', '2026-10-20 10:00:00+08:00', 'REGULAR'),
    ('acct-10004', '13800138004', 'demo-10004@example.com', '{bcrypt}$2a$10$ygZNb6kqVn4EpDEAibNQqO8Q/.k/.1TTA2RO624bJt5MJCbTXFtTO', '李四', '2019-06-18 10:00:00+08:00', 'VIP'),
    ('acct-10005', '13800138005', 'demo-10005@example.com', '{bcrypt}$2a$10$tqICKHrPHMOiYB1FrVRqdutyws7SM/nTztLNZLGgq6Chb.iT8wunS', '王五', '2022-11-11 10:00:00+08:00', 'GOLD')
) as demo (id, phone, mail, password_hash, nickname, opened_at, membership_level)
where not exists (select 1 from account);

insert into shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)
select demo.id, demo.account_id, demo.title, demo.amount_fen, demo.status, cast(demo.placed_at as timestamp with time zone), cast(demo.completed_at as timestamp with time zone)
from (values
    ('order-100011', 'acct-10001', '云南小粒咖啡豆 500g', 8800, 'COMPLETED', '2026-09-01 10:00:00+08:00', '2026-09-05 18:00:00+08:00'),
    ('order-100012', 'acct-10001', '棉麻四件套', 32900, 'COMPLETED', '2026-10-02 20:30:00+08:00', '2026-10-08 12:00:00+08:00'),
    ('order-100013', 'acct-10001', '保温杯 480ml', 12900, 'COMPLETED', '2026-11-01 09:15:00+08:00', '2026-11-06 15:40:00+08:00'),
    ('order-100021', 'acct-10002', '手机壳', 3990, 'UNPAID', '2026-11-20 21:10:00+08:00', cast(null as varchar(40))),
    ('order-100022', 'acct-10002', '蓝牙耳机', 12800, 'IN_DELIVERY', '2026-11-19 11:00:00+08:00', cast(null as varchar(40))),
    ('order-100041', 'acct-10004', '护眼台灯', 19900, 'COMPLETED', '2026-08-10 08:00:00+08:00', '2026-08-14 19:00:00+08:00')
) as demo (id, account_id, title, amount_fen, status, placed_at, completed_at)
join account a on a.id = demo.account_id and a.status = 'ACTIVE'
where not exists (select 1 from wallet w where w.account_id = demo.account_id);

insert into favourite (id, account_id, title)
select demo.id, demo.account_id, demo.title
from (values
    ('favourite-100011', 'acct-10001', '手冲咖啡壶'),
    ('favourite-100012', 'acct-10001', '竹纤维毛巾')
) as demo (id, account_id, title)
join account a on a.id = demo.account_id and a.status = 'ACTIVE'
where not exists (select 1 from wallet w where w.account_id = demo.account_id);

insert into address (id, account_id, recipient, phone, line)
select demo.id, demo.account_id, demo.recipient, demo.phone, demo.line
from (values
    ('address-100011', 'acct-10001', '林一', '13800138001', '杭州市西湖区文三路 1 号')
) as demo (id, account_id, recipient, phone, line)
join account a on a.id = demo.account_id and a.status = 'ACTIVE'
where not exists (select 1 from wallet w where w.account_id = demo.account_id);

insert into subscription (id, account_id, plan, status)
select demo.id, demo.account_id, demo.plan, demo.status
from (values
    ('subscription-100021', 'acct-10002', '省钱月卡', 'ACTIVE'),
    ('subscription-100031', 'acct-10003', '省钱月卡', 'ACTIVE')
) as demo (id, account_id, plan, status)
join account a on a.id = demo.account_id and a.status = 'ACTIVE'
where not exists (select 1 from wallet w where w.account_id = demo.account_id);

insert into linked_login (id, account_id, provider, subject)
select demo.id, demo.account_id, demo.provider, demo.subject
from (values
    ('login-100021', 'acct-10002', 'WECHAT', 'wx-openid-100021'),
    ('login-100022', 'acct-10002', 'QQ', 'qq-openid-100022'),
    ('login-100031', 'acct-10003', 'WECHAT', 'wx-openid-100031')
) as demo (id, account_id, provider, subject)
join account a on a.id = demo.account_id and a.status = 'ACTIVE'
where not exists (select 1 from wallet w where w.account_id = demo.account_id);

insert into wallet (account_id, balance_fen)
select demo.account_id, demo.balance_fen
from (values
    ('acct-10001', 0),
    ('acct-10002', 1250),
    ('acct-10003', 0),
    ('acct-10004', 0),
    ('acct-10005', 0)
) as demo (account_id, balance_fen)
join account a on a.id = demo.account_id and a.status = 'ACTIVE'
where not exists (select 1 from wallet w where w.account_id = demo.account_id);
