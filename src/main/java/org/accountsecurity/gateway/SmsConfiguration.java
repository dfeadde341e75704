package org.accountsecurity.gateway;

import java.time.Clock;
import org.accountsecurity.settings.CheckedSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Sends SMS through the shop's gateways, where there are any; the demo has its inbox. */
@Configuration(proxyBeanMethods = false)
class SmsConfiguration {

    @Bean
    @Profile("!demo")
    @Conditional(AnyGateway.class)
    Gateway smsGateways(SmsSettings settings, ApplicationEventPublisher events, Clock clock) {
        return new SmsGateways(settings, events, clock);
    }

    private static class AnyGateway implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return CheckedSettings.bindValid(Binder.get(context.getEnvironment()), SmsSettings.class)
                    .filter(settings -> !settings.all().isEmpty())
                    .isPresent();
        }
    }
}
