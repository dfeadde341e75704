package org.accountsecurity.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class ModelExpressionsTest extends JourneyTest {

    @Autowired
    RuntimeService runtime;

    @Autowired
    ProcessEngineConfigurationImpl configuration;

    @Autowired
    ApplicationContext context;

    @Test
    @DisplayName("a variable with the name of a delegate stays what it is and takes nobody's place; others are found")
    void aVariableTakesNoDelegatesPlace() {
        ProcessInstance request = journey.start("phone-unbinding", "acct-10004");
        for (String bean : List.of("rebindPhoneDelegate", "erasurePlan")) {
            runtime.setVariable(request.getId(), bean, "a variable");

            assertThat(value(request, "${" + bean + "}")).isSameAs(context.getBean(bean));
        }
        runtime.setVariable(request.getId(), "messenger", "a variable");
        assertThat(value(request, "${messenger}")).isEqualTo("a variable");
        assertThat(value(request, "${subject}")).isEqualTo("acct-10004");
    }

    private Object value(ProcessInstance request, String expression) {
        Command<Object> evaluated = command -> {
            ExecutionEntity execution = command.getExecutionManager().findExecutionById(request.getId());
            return configuration
                    .getExpressionManager()
                    .createExpression(expression)
                    .getValue(execution);
        };
        return configuration.getCommandExecutorTxRequired().execute(evaluated);
    }
}
