package org.accountsecurity.deregistration.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import org.accountsecurity.contest.ContestableNotices;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.MessageNotAcceptedException;
import org.accountsecurity.gateway.Messenger;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.notice.Notices;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

class HolderNoticeTest extends JourneyTest {

    @Autowired
    Vault vault;

    @Autowired
    Receipts receipts;

    @Autowired
    ContestableNotices contestable;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Obligations obligations;

    @Test
    @DisplayName("an address that can't be reached is tried for an hour after the receipt, the others are told once")
    void anAddressThatCantBeReachedKeepsNobodyWaiting() {
        ProcessInstance process = journey.confirmed("acct-10001", "13800138001");
        String request = rows.text("select id from holder_request");
        clock.forward(Duration.ofHours(3));
        for (String step : List.of("ServiceTask_Erase", "ServiceTask_VerifyAbsence", "ServiceTask_IssueReceipt")) {
            journey.jobs(process, step).forEach(journey::execute);
        }
        Messenger halfDeaf = mock(Messenger.class);
        when(halfDeaf.delivers(any())).thenReturn(true);
        doThrow(new MessageNotAcceptedException(Channel.SMS, "no answer"))
                .when(halfDeaf)
                .send(argThat(message -> message != null && message.channel() == Channel.SMS));
        HolderNotice notice =
                new HolderNotice(vault, receipts, new Notices(halfDeaf, transactions, clock), contestable, obligations);

        assertThatThrownBy(() -> notice.fulfil(request)).isInstanceOf(MessageNotAcceptedException.class);
        assertThatThrownBy(() -> notice.fulfil(request)).isInstanceOf(MessageNotAcceptedException.class);
        assertThat(vault.open(request)).extracting(Addressee::channel).containsExactly(Channel.SMS);
        verify(halfDeaf, times(1)).send(argThat(message -> message.channel() == Channel.EMAIL));
        clock.forward(Duration.ofHours(1).plusSeconds(1));
        notice.fulfil(request);

        assertThat(vault.open(request)).isEmpty();
    }
}
