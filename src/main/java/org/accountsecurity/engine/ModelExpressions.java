package org.accountsecurity.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.accountsecurity.contract.UsableInModels;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.ApplicationContextElResolver;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Component;

/**
 * Resolves the name in an expression of a model to a bean before it looks for a variable, so that no variable can
 * replace a delegate.
 */
@Component
class ModelExpressions extends AbstractProcessEnginePlugin {

    private final ApplicationContext context;

    ModelExpressions(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setExpressionManager(new SpringExpressionManager(context) {
            @Override
            protected ELResolver createElResolver() {
                CompositeELResolver resolvers = new CompositeELResolver();
                resolvers.add(new BeansOfModels(context));
                resolvers.add(super.createElResolver());
                return resolvers;
            }
        });
    }

    /** Other beans may share a name with a process variable; only beans meant for models win over variables. */
    private static final class BeansOfModels extends ApplicationContextElResolver {

        private final Map<String, Boolean> usable = new ConcurrentHashMap<>();

        BeansOfModels(ApplicationContext context) {
            super(context);
        }

        @Override
        public Object getValue(ELContext expression, Object base, Object property) {
            return base == null && usable.computeIfAbsent((String) property, this::isUsable)
                    ? super.getValue(expression, null, property)
                    : null;
        }

        private boolean isUsable(String name) {
            Class<?> type = applicationContext.containsBean(name) ? applicationContext.getType(name, false) : null;
            return type != null
                    && (JavaDelegate.class.isAssignableFrom(type)
                            || ExecutionListener.class.isAssignableFrom(type)
                            || TaskListener.class.isAssignableFrom(type)
                            || AnnotationUtils.findAnnotation(type, UsableInModels.class) != null);
        }
    }
}
