package org.accountsecurity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

@org.springframework.boot.test.context.TestConfiguration(proxyBeanMethods = false)
@Import(Journey.class)
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
}
