package org.accountsecurity.testing;

import javax.sql.DataSource;
import org.accountsecurity.verification.Outbox;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

@org.springframework.boot.test.context.TestConfiguration(proxyBeanMethods = false)
@Import({Journey.class, Outbox.class, Rows.class})
class TestConfiguration {

    @Bean
    FlowCoverage flowCoverage() {
        return new FlowCoverage();
    }

    @Bean
    @Primary
    TestClock testClock() {
        return new TestClock();
    }

    /** The small second pool, whose commits are its own, stays as it is. */
    @Bean
    static BeanPostProcessor crashes() {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return name.equals("dataSource") ? Crash.into((DataSource) bean) : bean;
            }
        };
    }
}
