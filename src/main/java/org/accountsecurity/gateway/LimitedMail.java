package org.accountsecurity.gateway;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Sends mails, each within a time limit: the timeouts of SMTP begin anew with every byte from the server. */
class LimitedMail {

    private static final int MOST_AT_ONCE = 16;
    private static final Pattern NO = Pattern.compile("[45]\\d\\d");

    private final JavaMailSenderImpl sender;
    private final Duration limit;
    private final ThreadPoolExecutor threads;

    LimitedMail(JavaMailSenderImpl sender, Duration limit) {
        this.sender = sender;
        this.limit = limit;
        // a thread that waits for a channel can be interrupted, which closes it; one that waits for a socket can't
        Properties settings = sender.getSession().getProperties();
        settings.put("mail.smtp.usesocketchannels", "true");
        settings.put("mail.smtps.usesocketchannels", "true");
        CustomizableThreadFactory daemons = new CustomizableThreadFactory("mail-");
        daemons.setDaemon(true);
        this.threads = new ThreadPoolExecutor(0, MOST_AT_ONCE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), daemons);
    }

    /** A mail that knows whether a server has asked for it. */
    static final class Mail extends MimeMessage {

        private boolean given;

        private Mail(Session session) {
            super(session);
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
            given = true;
            super.writeTo(out, ignored);
        }
    }

    Mail create() {
        return new Mail(sender.getSession());
    }

    /** @throws GatewayFailedException if the server did not say in time that it took the mail */
    void send(Mail mail) {
        Future<?> sent = submit(mail);
        try {
            sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new GatewayFailedException("not sent within " + limit.toMillis() + " ms", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayFailedException("interrupted", true);
        } catch (ExecutionException e) {
            // the message of the cause may quote the address
            throw new GatewayFailedException(
                    e.getCause().getClass().getSimpleName(), mail.given && !refused(e.getCause()));
        } finally {
            sent.cancel(true);
        }
    }

    private Future<?> submit(Mail mail) {
        try {
            return threads.submit(() -> sender.send(mail));
        } catch (RejectedExecutionException e) {
            throw new GatewayFailedException("too many mails are being sent");
        }
    }

    /** Whether the server said no, in words that begin with its code, rather than nothing. */
    private static boolean refused(Throwable failure) {
        return failure instanceof MailSendException failed
                && failed.getFailedMessages().values().stream()
                        .anyMatch(said -> said instanceof SendFailedException
                                && NO.matcher(said.getMessage()).lookingAt());
    }
}
