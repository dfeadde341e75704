package org.accountsecurity.gateway;

import static org.accountsecurity.gateway.Messaging.accepts;
import static org.accountsecurity.gateway.Messaging.message;
import static org.accountsecurity.gateway.Messaging.messenger;
import static org.accountsecurity.gateway.Messaging.settings;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.accountsecurity.testing.Race;
import org.accountsecurity.testing.TestClock;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mail as it arrives at a real SMTP server. */
class SmtpGatewayTest {

    private static final String SIGNATURE = "演示商城";
    private static final String FROM = "账户安全 <security@shop.example>";

    private static final Duration LIMIT = Duration.ofMillis(500);

    private static final String TAKES_A_MAIL = "220 here\r\n250 hello\r\n250 from\r\n250 to\r\n354 go on\r\n";

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(ServerSetup.SMTP.dynamicPort());

    @Test
    @DisplayName("an address without a name sends in the name of the signature")
    void anAddressWithoutAName() throws MessagingException, IOException {
        gateway(SERVER.getSmtp().getPort(), "security@shop.example")
                .send(message(Channel.EMAIL, "demo-10001@example.com", "正文", "key-1"));

        assertThat(SERVER.getReceivedMessages()[0].getFrom()[0])
                .isEqualTo(new InternetAddress("security@shop.example", SIGNATURE));
    }

    @Test
    @DisplayName("a mail has a Chinese subject, and the same text twice: plain, and as HTML with links to click")
    void aMailIsPlainTextAndHtml() throws MessagingException, IOException {
        gateway(SERVER.getSmtp().getPort())
                .send(new Message(
                        Channel.EMAIL,
                        "demo-10001@example.com",
                        "验证码（注销账户）",
                        "【账户安全】验证码 123456 <b>&。\n请看 https://shop.example/notice?id=1&k=2。谢谢",
                        "key-1",
                        "verification-code",
                        Map.of()));

        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        MimeMessage mail = SERVER.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("验证码（注销账户）");
        assertThat(mail.getHeader("Subject")[0]).startsWith("=?UTF-8?");
        assertThat(mail.getFrom()[0]).isEqualTo(new InternetAddress("security@shop.example", "账户安全"));
        assertThat(mail.getHeader("From")[0]).startsWith("=?UTF-8?").endsWith(" <security@shop.example>");
        assertThat(mail.getAllRecipients()[0]).hasToString("demo-10001@example.com");
        assertThat(mail.getMessageID()).isEqualTo("<key-1@shop.example>");
        assertThat(mail.getSentDate()).isEqualTo(Date.from(TestClock.START));
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        BodyPart plain = parts.getBodyPart(0);
        BodyPart html = parts.getBodyPart(1);
        assertThat(plain.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(((String) plain.getContent()).replace("\r", ""))
                .isEqualTo("【账户安全】验证码 123456 <b>&。\n请看 https://shop.example/notice?id=1&k=2。谢谢");
        assertThat(html.getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
        assertThat((String) html.getContent())
                .contains("【账户安全】验证码 123456 &lt;b&gt;&amp;。<br>")
                .contains("<a href=\"https://shop.example/notice?id=1&amp;k=2\">"
                        + "https://shop.example/notice?id=1&amp;k=2</a>。谢谢")
                .doesNotContain("<b>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://shop.example/a.b.        | https://shop.example/a.b",
                "（https://shop.example/?a=1）      | https://shop.example/?a=1",
                "https://shop.example/\"onclick=x | https://shop.example/",
                "https://shop.example/<script>    | https://shop.example/",
                "看https://shop.example，谢谢         | https://shop.example"
            })
    @DisplayName("a link ends where the web address ends, and nothing breaks out of it")
    void aLinkEndsWhereTheAddressEnds(String text, String link) {
        String page = MailPage.of(message(Channel.EMAIL, "a@example.com", text, "key"));

        assertThat(page).contains("<a href=\"" + link + "\">" + link + "</a>").doesNotContain("<script");
    }

    @Test
    @DisplayName("a server that never answers, and one that is not there, is not waited for longer than the timeout")
    void aServerThatNeverAnswers() throws IOException {
        Message message = message(Channel.EMAIL, "demo-10001@example.com", "正文", "key-1");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Messenger messenger = messenger(event -> {}, gateway(silent.getLocalPort()));
            long begun = System.nanoTime();

            assertThatThrownBy(() -> messenger.send(message))
                    .isInstanceOf(MessageNotAcceptedException.class)
                    .hasMessageNotContaining("example.com");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(accepts(messenger(event -> {}, gateway(1)), message)).isFalse();
    }

    @Test
    @DisplayName(
            "a server that says something again and again, but never all, ends with its mail, thread and connection")
    void aServerThatDrips() throws Exception {
        try (SlowServer server = new SlowServer("", SlowServer.Then.DRIPS)) {
            assertThatThrownBy(() -> send(limited(server.port(), "smtp", 60_000, LIMIT)))
                    .isInstanceOfSatisfying(
                            MessageNotAcceptedException.class,
                            e -> assertThat(e.mayHaveGone()).isTrue())
                    .hasMessageContaining("not sent within 500 ms");

            server.awaitLeft();
            awaitIdle();
        }
    }

    @Test
    @DisplayName("the limit holds before the first byte of an encrypted connection, too")
    void aServerThatNeverShakesHands() throws Exception {
        try (SlowServer server = new SlowServer("", SlowServer.Then.SILENT)) {
            assertThatThrownBy(() -> send(limited(server.port(), "smtps", 60_000, LIMIT)))
                    .isInstanceOf(MessageNotAcceptedException.class)
                    .hasMessageContaining("not sent within 500 ms");

            server.awaitLeft();
            awaitIdle();
        }
    }

    @ParameterizedTest
    @CsvSource({"60000, not sent within 500 ms", "100, MailSendException"})
    @DisplayName("a mail of which the server says nothing once it has it may have gone, whichever time is over first")
    void aServerThatTakesAMailAndNeverAnswers(int timeout, String reason) throws Exception {
        try (SlowServer server = new SlowServer(TAKES_A_MAIL, SlowServer.Then.SILENT)) {
            assertThatThrownBy(() -> send(limited(server.port(), "smtp", timeout, LIMIT)))
                    .isInstanceOfSatisfying(
                            MessageNotAcceptedException.class,
                            e -> assertThat(e.mayHaveGone()).isTrue())
                    .hasMessageContaining(reason);

            server.awaitLeft();
            awaitIdle();
        }
    }

    @ParameterizedTest
    @CsvSource({"554 spam, false", "'', true"})
    @DisplayName("a mail that the server refuses once it has it has not gone; one that it hangs up on may have")
    void aServerThatTakesAMailAndHangsUp(String last, boolean mayHaveGone) throws Exception {
        try (SlowServer server =
                new SlowServer(TAKES_A_MAIL + last + (last.isEmpty() ? "" : "\r\n"), SlowServer.Then.HANGS_UP)) {
            assertThatThrownBy(() -> send(limited(server.port(), "smtp", 60_000, LIMIT)))
                    .isInstanceOfSatisfying(
                            MessageNotAcceptedException.class,
                            e -> assertThat(e.mayHaveGone()).isEqualTo(mayHaveGone));
        }
    }

    @Test
    @DisplayName("a mail is refused at once, and has not gone, where as many wait for the server as may")
    void moreMailsThanAtOnce() throws Exception {
        try (SlowServer server = new SlowServer("", SlowServer.Then.SILENT)) {
            Messenger messenger = limited(server.port(), "smtp", 60_000, LIMIT.multipliedBy(4));

            List<Throwable> thrown = Race.run(17, () -> {
                send(messenger);
                return null;
            });

            assertThat(thrown)
                    .allMatch(MessageNotAcceptedException.class::isInstance)
                    .filteredOn(e -> !((MessageNotAcceptedException) e).mayHaveGone())
                    .singleElement()
                    .extracting(Throwable::getMessage, as(InstanceOfAssertFactories.STRING))
                    .endsWith("too many mails are being sent");
            awaitIdle();
        }
    }

    private static void send(Messenger messenger) {
        messenger.send(message(Channel.EMAIL, "demo-10001@example.com", "正文", "key-1"));
    }

    private static Messenger limited(int port, String protocol, int timeout, Duration limit) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(port);
        sender.setProtocol(protocol);
        sender.getJavaMailProperties().put("mail.smtp.timeout", Integer.toString(timeout));
        LimitedMail mails = new LimitedMail(sender, limit);
        return messenger(event -> {}, new SmtpGateway(mails, FROM, SIGNATURE, new TestClock()));
    }

    /** No thread that sends mails does anything but wait for the next. */
    private static void awaitIdle() {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().entrySet().stream()
                        .filter(thread -> thread.getKey().getName().startsWith("mail-"))
                        .flatMap(thread -> Stream.of(thread.getValue()))
                        .noneMatch(frame -> frame.getClassName().equals(JavaMailSenderImpl.class.getName())));
    }

    private static SmtpGateway gateway(int port) {
        return gateway(port, FROM);
    }

    private static SmtpGateway gateway(int port, String from) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(port);
        Properties timeouts = sender.getJavaMailProperties();
        for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
            timeouts.put("mail.smtp." + timeout, "300");
        }
        return new SmtpGateway(
                sender, new MailSettings(from), settings(Map.of("signature", SIGNATURE)), new TestClock());
    }
}
