package org.accountsecurity.shop.http;

import java.time.Clock;
import java.util.List;
import org.accountsecurity.settings.CheckedSettings;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
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
        CheckedSettings.bindValid(Binder.get(environment), HttpDataSetList.class)
                .map(HttpDataSetList::dataSets)
                .orElse(List.of())
                .forEach(settings -> registry.registerBean(
                        "httpDataSet." + settings.name(),
                        HttpDataSet.class,
                        bean -> bean.supplier(context -> new HttpDataSet(settings, context.bean(Clock.class)))));
    }
}
