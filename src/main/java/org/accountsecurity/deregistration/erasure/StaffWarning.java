package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.notification.Channel;
import org.accountsecurity.notification.Message;
import org.accountsecurity.notification.Messenger;
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
        String done = progress.of(requestId);
        LOG.warn("The deregistration {} is due on {} and not done: {} data sets", requestId, deadline.day(), done);
        if (!address.isBlank() && messenger.delivers(Channel.EMAIL)) {
            messenger.send(new Message(
                    Channel.EMAIL,
                    address,
                    "注销申请临近期限",
                    "注销申请 " + requestId + " 须在 " + deadline.inChinese() + "前办结，目前已完成 " + done + " 类数据。请登录后在“客服待办”中处理。",
                    requestId + "-" + occasion));
        }
    }
}
