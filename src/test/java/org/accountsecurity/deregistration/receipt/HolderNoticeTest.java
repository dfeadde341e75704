package org.accountsecurity.deregistration.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.TestClock;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.notification.Channel;
import org.accountsecurity.notification.MessageNotAcceptedException;
import org.accountsecurity.notification.Messenger;
import org.accountsecurity.request.HolderRequests;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class HolderNoticeTest {

    @Autowired
    Journey journey;

    @Autowired
    Vault vault;

    @Autowired
    Receipts receipts;

    @Autowired
    HolderRequests requests;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("an address that can't be reached is tried again for an hour, and then keeps nobody waiting")
    void anAddressThatCantBeReachedKeepsNobodyWaiting() {
        journey.confirmed("acct-10001", "13800138001");
        String request =
                jdbc.sql("select id from holder_request").query(String.class).single();
        Messenger deaf = mock(Messenger.class);
        when(deaf.delivers(any())).thenReturn(true);
        doThrow(new MessageNotAcceptedException(Channel.SMS, "no answer"))
                .when(deaf)
                .send(any());
        HolderNotice notice = new HolderNotice(vault, receipts, deaf, requests, clock);

        assertThatThrownBy(() -> notice.send(request)).isInstanceOf(MessageNotAcceptedException.class);
        assertThat(vault.open(request)).hasSize(2);
        clock.forward(Duration.ofHours(1).plusSeconds(1));
        notice.send(request);

        assertThat(vault.open(request)).isEmpty();
    }
}
