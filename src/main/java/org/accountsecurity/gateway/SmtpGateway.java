package org.accountsecurity.gateway;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** Sends mail over SMTP, as plain text and as HTML of the same words. */
@Component
@Profile("!demo")
@ConditionalOnProperty("spring.mail.host")
class SmtpGateway implements Gateway {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    /** Of a whole mail; well below the lease of a code. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final LimitedMail mails;
    private final String from;
    /** The name of the sender, where the address has none. */
    private final String signature;

    private final Clock clock;

    @Autowired
    SmtpGateway(JavaMailSenderImpl sender, MailSettings settings, SmsSettings sms, Clock clock) {
        this(new LimitedMail(sender, LIMIT), settings.from(), sms.signature(), clock);
    }

    SmtpGateway(LimitedMail mails, String from, String signature, Clock clock) {
        this.mails = mails;
        this.from = from;
        this.signature = signature;
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public String send(Message message) {
        LimitedMail.Mail mail = mails.create();
        try {
            InternetAddress sentFrom = new InternetAddress(from, true);
            // as parsed, a Chinese name would go out as it is written
            sentFrom.setPersonal(sentFrom.getPersonal() == null ? signature : sentFrom.getPersonal(), UTF_8);
            mail.setFrom(sentFrom);
            mail.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(message.to(), true));
            mail.setSubject(message.subject(), UTF_8);
            mail.setSentDate(Date.from(clock.instant()));
            // by which mail programs know a repetition
            String domain = sentFrom.getAddress().replaceFirst(".*@", "");
            mail.setHeader("Message-ID", "<" + message.key() + "@" + domain + ">");
            MimeBodyPart plain = new MimeBodyPart();
            plain.setText(message.text(), UTF_8, "plain");
            MimeBodyPart html = new MimeBodyPart();
            html.setText(MailPage.of(message), UTF_8, "html");
            mail.setContent(new MimeMultipart("alternative", plain, html));
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new GatewayFailedException(e.getClass().getSimpleName());
        }
        mails.send(mail);
        return getClass().getSimpleName();
    }
}
