package org.accountsecurity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** No message that a test has sent, and no warning that it has logged, shows how Java writes a value. */
class ReadableTexts implements BeforeEachCallback, AfterEachCallback {

    private static final Pattern JAVA = Pattern.compile("\\{\\w+=|Optional[\\[.]|[a-z]\\w*(\\.\\w+)*@[0-9a-f]{6,8}\\b");
    /** In a log it may be quoted from a model. */
    private static final Pattern NULL = Pattern.compile("\\bnull\\b");

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.accountsecurity");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @Override
    public void beforeEach(ExtensionContext test) {
        logged.list = Collections.synchronizedList(new ArrayList<>());
        logged.start();
        logger.addAppender(logged);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        logger.detachAppender(logged);
        List<String> sent = SpringExtension.getApplicationContext(test)
                .getBean(JdbcClient.class)
                .sql("select subject from inbox_message union select text from inbox_message")
                .query(String.class)
                .list();
        assertThat(sent)
                .doesNotContainNull()
                .noneMatch(text -> NULL.matcher(text).find());
        List<String> texts = new ArrayList<>(sent);
        List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .forEach(texts::add);
        assertThat(texts).noneMatch(text -> JAVA.matcher(text).find());
    }
}
