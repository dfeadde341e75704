package org.accountsecurity.time;

import java.time.Clock;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the application takes the time from. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

    /** Holders and staff read times of the mainland. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Bean
    Clock clock(DataSource dataSource) {
        return new DatabaseClock(dataSource, ZONE);
    }
}
