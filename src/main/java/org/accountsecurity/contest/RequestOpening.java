package org.accountsecurity.contest;

import java.util.Optional;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.stereotype.Component;

/**
 * The first step of a process that holders start. The holder is the user who is logged in to this transaction; no variable,
 * business key or initiator decides about it.
 */
@Component
public class RequestOpening {

    /** The account has an open request for the process, is cooling off, or is not active. */
    public static final String ERROR_ALREADY_REQUESTED = "AlreadyRequested";
    /** A contest of the account is being looked into. */
    public static final String ERROR_RESTRICTED = "Restricted";
    /** The variable with the account of the request. */
    public static final String SUBJECT = "subject";

    private final HolderRequests requests;
    private final Accounts accounts;
    private final Contests contests;
    private final IdentityService identity;

    /** An open request and its account. */
    public record Opened(String requestId, String holder) {}

    RequestOpening(HolderRequests requests, Accounts accounts, Contests contests, IdentityService identity) {
        this.requests = requests;
        this.accounts = accounts;
        this.contests = contests;
        this.identity = identity;
    }

    /**
     * Opens the holder's request under the lock of the account's row.
     *
     * @throws RequestRefusedException if the account may not have one now; it is recorded as refused
     */
    public Opened open(String processKey, String processInstanceId, String processDefinitionId)
            throws RequestRefusedException {
        String holder = identity.getCurrentAuthentication().getUserId();
        AccountStatus status = accounts.lock(holder).status();
        if (contests.restriction(holder).isPresent()) {
            throw new RequestRefusedException(
                    requests.refuse(processKey, holder, processInstanceId, processDefinitionId), ERROR_RESTRICTED);
        }
        Optional<String> request = status != AccountStatus.ACTIVE || requests.coolingOff(holder)
                ? Optional.empty()
                : requests.open(processKey, holder, processInstanceId, processDefinitionId);
        return new Opened(
                request.orElseThrow(() -> new RequestRefusedException(
                        requests.refuse(processKey, holder, processInstanceId, processDefinitionId),
                        ERROR_ALREADY_REQUESTED)),
                holder);
    }
}
