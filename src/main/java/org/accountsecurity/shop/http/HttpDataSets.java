package org.accountsecurity.shop.http;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Makes each block of {@code account-security.data-sets} a data set. */
class HttpDataSets implements BeanRegistrar {

    @Configuration(proxyBeanMethods = false)
    @Import(HttpDataSets.class)
    static class Registration {}

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        List<HttpDataSetSettings> blocks = Binder.get(environment)
                .bind(HttpDataSetSettings.PREFIX, Bindable.listOf(HttpDataSetSettings.class))
                .orElse(List.of());
        Set<String> names = new HashSet<>();
        for (int index = 0; index < blocks.size(); index++) {
            HttpDataSetSettings settings = blocks.get(index);
            settings.check(index);
            if (!names.add(settings.name())) {
                throw new IllegalStateException("Two blocks of " + HttpDataSetSettings.PREFIX + " have the name "
                        + settings.name() + "; give each its own.");
            }
            registry.registerBean(
                    "httpDataSet." + settings.name(),
                    HttpDataSet.class,
                    bean -> bean.supplier(context -> new HttpDataSet(settings, context.bean(Clock.class))));
        }
    }
}
