package org.accountsecurity.contest;

import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
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

    RequestOpening(HolderRequests requests, Accounts accounts, Contests contests, IdentityService identity) {
        this.requests = requests;
        this.accounts = accounts;
        this.contests = contests;
        this.identity = identity;
    }

    /**
     * Opens the holder's request under the lock of the account's row, and makes its id the business key.
     *
     * @return the id
     * @throws BpmnError one of the errors above, with a request that is refused
     */
    public String open(DelegateExecution execution, String processKey) {
        String holder = identity.getCurrentAuthentication().getUserId();
        AccountStatus status = accounts.lock(holder).status();
        if (contests.restriction(holder).isPresent()) {
            throw refused(execution, processKey, holder, ERROR_RESTRICTED);
        }
        if (status != AccountStatus.ACTIVE || requests.coolingOff(holder)) {
            throw refused(execution, processKey, holder, ERROR_ALREADY_REQUESTED);
        }
        String request = requests.open(
                        processKey, holder, execution.getProcessInstanceId(), execution.getProcessDefinitionId())
                .orElseThrow(() -> refused(execution, processKey, holder, ERROR_ALREADY_REQUESTED));
        execution.setProcessBusinessKey(request);
        execution.setVariable(SUBJECT, holder);
        return request;
    }

    private BpmnError refused(DelegateExecution execution, String processKey, String holder, String error) {
        execution.setProcessBusinessKey(requests.refuse(
                processKey, holder, execution.getProcessInstanceId(), execution.getProcessDefinitionId()));
        return new BpmnError(error);
    }
}
