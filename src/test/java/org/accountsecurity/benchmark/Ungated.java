package org.accountsecurity.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.accountsecurity.engine.gate.HolderGate;
import org.accountsecurity.engine.gate.QueryExpressionGate;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/**
 * Takes the gates away: the two interceptors, the rule of the subject, and the three filters before Camunda's. The form
 * contract stays, which makes values transient and so saves more than it costs; so does the list of requests at the login.
 */
final class Ungated extends AbstractProcessEnginePlugin implements BeanPostProcessor, Ordered {

    private static final Set<String> FILTERS = Set.of("plainPathFilter", "holderAnswerFilter", "queryBodyFilter");

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        for (List<CommandInterceptor> interceptors : List.of(
                configuration.getCustomPreCommandInterceptorsTxRequired(),
                configuration.getCustomPreCommandInterceptorsTxRequiresNew())) {
            interceptors.removeIf(gate -> gate instanceof HolderGate || gate instanceof QueryExpressionGate);
        }
        configuration.setCommandCheckers(
                new ArrayList<>(List.of(new TenantCommandChecker(), new AuthorizationCommandChecker())));
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (FILTERS.contains(name)) {
            ((FilterRegistrationBean<?>) bean).setEnabled(false);
        }
        return bean;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
