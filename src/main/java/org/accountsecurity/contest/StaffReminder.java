package org.accountsecurity.contest;

import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.gateway.Messenger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells staff of a case that nobody has closed: by mail where there is an address, and in the log. */
@Component
class StaffReminder {

    private static final Logger LOG = LoggerFactory.getLogger(StaffReminder.class);

    private final Contests contests;
    private final Messenger messenger;
    private final String address;

    StaffReminder(Contests contests, Messenger messenger, @Value("${account-security.staff.mail:}") String address) {
        this.contests = contests;
        this.messenger = messenger;
        this.address = address;
    }

    /** Reminds; a repetition on the same occasion carries the same key. */
    void send(String contestId, String occasion) {
        Contest contest = contests.find(contestId);
        LOG.warn("The contest {} of the request {} is still open", contest.number(), contest.requestId());
        if (!address.isBlank() && messenger.delivers(Channel.EMAIL)) {
            messenger.send(new Message(
                    Channel.EMAIL,
                    address,
                    "申请异议尚未核实",
                    "异议 " + contest.number() + "（申请 " + contest.requestId() + "，"
                            + contest.occasion().what() + "）尚未核实。请登录 Tasklist（客服待办）处理。",
                    contestId + "-" + occasion));
        }
    }
}
