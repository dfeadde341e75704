package org.accountsecurity.time;

import java.time.Clock;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock of the application. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

    /** Times are shown in the time zone of mainland China. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Bean
    Clock clock(DataSource dataSource) {
        return new DatabaseClock(dataSource, ZONE);
    }
}
