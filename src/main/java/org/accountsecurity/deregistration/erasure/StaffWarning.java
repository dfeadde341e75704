package org.accountsecurity.deregistration.erasure;

import java.util.Map;
import org.accountsecurity.notice.StaffMail;
import org.accountsecurity.request.Deadline;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.text.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Warns staff that the last day of an unfinished request is near, in the log and by mail where there is an address. */
@Component
class StaffWarning {

    private static final String TEMPLATE = "deadline-near-email";
    private static final Logger LOG = LoggerFactory.getLogger(StaffWarning.class);

    private final HolderRequests requests;
    private final ErasureProgress progress;
    private final StaffMail staffMail;

    StaffWarning(HolderRequests requests, ErasureProgress progress, StaffMail staffMail) {
        this.requests = requests;
        this.progress = progress;
        this.staffMail = staffMail;
    }

    /** Warns; a repetition on the same occasion carries the same key. */
    void send(String requestId, String occasion) {
        Deadline deadline = requests.deadlineOf(requestId);
        boolean committed = requests.committed(requestId);
        LOG.warn(
                "The deregistration {} is due on {} and not done: {}",
                requestId,
                deadline.day(),
                committed ? "its account is closed, but not everything is erased and notified" : "its account is open");
        staffMail.send(
                TEMPLATE,
                () -> Map.of(
                        "request",
                        requestId,
                        "deadline",
                        deadline.text(),
                        "progress",
                        committed
                                ? Messages.text(TEMPLATE + ".committed", "progress", progress.text(requestId))
                                : Messages.text(TEMPLATE + ".uncommitted")),
                requestId + "-" + occasion);
    }
}
