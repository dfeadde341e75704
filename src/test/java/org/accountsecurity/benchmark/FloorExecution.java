package org.accountsecurity.benchmark;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** What a delegate sees of one step of the floor, which has no engine behind it. */
final class FloorExecution implements InvocationHandler {

    private final Map<String, Object> variables = new HashMap<>();
    private final String definition;
    private final BpmnModelInstance model;
    private String instance;
    private String request;

    /**
     * A step.
     *
     * @param instance of the process, as delegates know it
     * @param request null before there is one
     * @param definition the version whose decision tables the delegates ask
     */
    FloorExecution(String instance, String request, String definition, BpmnModelInstance model) {
        this.instance = instance;
        this.request = request;
        this.definition = definition;
        this.model = model;
    }

    DelegateExecution asDelegatesSeeIt() {
        return (DelegateExecution) Proxy.newProxyInstance(
                FloorExecution.class.getClassLoader(), new Class<?>[] {DelegateExecution.class}, this);
    }

    /** From here on the step is one of this called process. */
    FloorExecution in(String called) {
        this.instance = called;
        return this;
    }

    FloorExecution with(String variable, Object value) {
        variables.put(variable, value);
        return this;
    }

    Object get(String variable) {
        return variables.get(variable);
    }

    String request() {
        return request;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "getVariable" -> variables.get(arguments[0]);
            case "hasVariable" -> variables.containsKey(arguments[0]);
            case "setVariable", "setVariableLocal" -> {
                variables.put((String) arguments[0], arguments[1]);
                yield null;
            }
            case "getProcessInstanceId" -> instance;
            case "getProcessDefinitionId" -> definition;
            case "getProcessBusinessKey", "getBusinessKey" -> request;
            case "setProcessBusinessKey" -> request = (String) arguments[0];
            case "getBpmnModelInstance" -> model;
            case "getCurrentActivityId" -> "EndEvent";
            case "getProcessEngineServices" -> nothing(ProcessEngineServices.class);
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    /** Services that find nothing: the floor keeps its timers itself. */
    private static Object nothing(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Class<?> result = method.getReturnType();
            if (result == List.class) {
                return List.of();
            }
            // the methods of a query return the query, which is generic
            return result.isInstance(proxy) ? proxy : nothing(result);
        });
    }
}
