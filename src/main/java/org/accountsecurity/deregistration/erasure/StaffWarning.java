package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.gateway.Messenger;
import org.accountsecurity.request.Deadline;
import org.accountsecurity.request.HolderRequests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells staff that the last day of an unfinished request comes near: by mail where there is an address, and in the log. */
@Component
class StaffWarning {

    private static final Logger LOG = LoggerFactory.getLogger(StaffWarning.class);

    private final HolderRequests requests;
    private final ErasureProgress progress;
    private final Messenger messenger;
    private final String address;

    StaffWarning(
            HolderRequests requests,
            ErasureProgress progress,
            Messenger messenger,
            @Value("${account-security.staff.mail:}") String address) {
        this.requests = requests;
        this.progress = progress;
        this.messenger = messenger;
        this.address = address;
    }

    /** Warns; a repetition on the same occasion carries the same key. */
    void send(String requestId, String occasion) {
        Deadline deadline = requests.deadlineOf(requestId);
        boolean committed = requests.committed(requestId);
        LOG.warn(
                "The deregistration {} is due on {} and not done: {}",
                requestId,
                deadline.day(),
                committed ? "its account is closed, and not all is erased and told" : "its account is open");
        if (!address.isBlank() && messenger.delivers(Channel.EMAIL)) {
            messenger.send(new Message(
                    Channel.EMAIL,
                    address,
                    "注销申请临近期限",
                    "注销申请 " + requestId + " 须在 " + deadline.inChinese() + "前办结，目前"
                            + (committed ? "已完成 " + progress.inChinese(requestId) : "账户尚未关闭")
                            + "。请登录 Tasklist（客服待办）或 Cockpit 查看。",
                    requestId + "-" + occasion));
        }
    }
}
