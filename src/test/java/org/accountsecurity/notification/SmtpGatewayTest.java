package org.accountsecurity.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Properties;
import org.accountsecurity.TestClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mail as it arrives at a real SMTP server. */
class SmtpGatewayTest {

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(ServerSetup.SMTP.dynamicPort());

    @Test
    @DisplayName("a mail has a Chinese subject, and the same text twice: plain, and as HTML with links to click")
    void aMailIsPlainTextAndHtml() throws MessagingException, IOException {
        gateway(SERVER.getSmtp().getPort())
                .send(new Message(
                        Channel.EMAIL,
                        "demo-10001@example.com",
                        "验证码（注销账户）",
                        "【账户安全】验证码 123456 <b>&。\n请看 https://shop.example/notice?id=1&k=2。谢谢",
                        "key-1"));

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
        String page = MailPage.of(new Message(Channel.EMAIL, "a@example.com", "主题", text, "key"));

        assertThat(page).contains("<a href=\"" + link + "\">" + link + "</a>").doesNotContain("<script");
    }

    @Test
    @DisplayName("a server that never answers, and one that is not there, is not waited for longer than the timeout")
    void aServerThatNeverAnswers() throws IOException {
        Message message = new Message(Channel.EMAIL, "demo-10001@example.com", "主题", "正文", "key-1");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Messenger messenger = new Messenger(List.of(gateway(silent.getLocalPort())), event -> {});
            long begun = System.nanoTime();

            assertThatThrownBy(() -> messenger.send(message))
                    .isInstanceOf(MessageNotAcceptedException.class)
                    .hasMessageNotContaining("example.com");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(new Messenger(List.of(gateway(1)), event -> {}).accepts(message))
                .isFalse();
    }

    private static SmtpGateway gateway(int port) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(port);
        Properties timeouts = sender.getJavaMailProperties();
        for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
            timeouts.put("mail.smtp." + timeout, "300");
        }
        return new SmtpGateway(sender, "账户安全 <security@shop.example>", new TestClock());
    }
}
