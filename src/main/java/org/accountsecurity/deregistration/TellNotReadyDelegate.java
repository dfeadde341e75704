package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.gateway.MessageNotAcceptedException;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
@Variables(reads = {DeregistrationProcess.NOT_READY_AT, DeregistrationProcess.MISSING_EVIDENCE})
class TellNotReadyDelegate implements JavaDelegate {

    private static final Logger LOG = LoggerFactory.getLogger(TellNotReadyDelegate.class);

    private static final String TEXT = "，账户没有关闭。请尽快登录查看原因并继续办理，逾期申请作废。如非本人操作，请立即联系客服。";
    private static final String UNCONFIRMED = "没有您确认注销的记录";

    /** Any other evidence was there when the holder confirmed, and has changed since. */
    private static final Map<String, String> REASONS = Map.of(
            Kind.COOLING_OFF.name(), "冷静期未满",
            Kind.CONFIRMATION.name(), UNCONFIRMED,
            Kind.CONSENT.name(), UNCONFIRMED,
            Kind.EXPIRED.name(), "您的确认已过有效期",
            Kind.WITHDRAWN.name(), "您已选择撤回");

    /** After the attempt to close; addresses that can't be reached for so long keep the request waiting no longer. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final HolderMessages messages;
    private final Clock clock;

    TellNotReadyDelegate(HolderMessages messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String request = DeregistrationProcess.requestOf(execution);
        Date notReady = (Date) execution.getVariable(DeregistrationProcess.NOT_READY_AT);
        String missing = String.valueOf(execution.getVariable(DeregistrationProcess.MISSING_EVIDENCE));
        String text = "【账户安全】" + REASONS.getOrDefault(missing, "注销条件有变") + TEXT;
        try {
            messages.send(request, "账户没有关闭", text, "not-ready-" + notReady.getTime());
        } catch (MessageNotAcceptedException e) {
            if (notReady.toInstant().plus(PATIENCE).isAfter(clock.instant())) {
                throw e;
            }
            LOG.warn("The holder of the deregistration {} was not told that the account is open", request);
        }
    }
}
