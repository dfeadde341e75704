package org.accountsecurity.engine.guard;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.springframework.stereotype.Component;

/** Every error that a delegate or an end event raises is caught. */
@Component
class ErrorCheck implements Check {

    @Override
    public Stream<Finding> findings(Models models) {
        return Stream.concat(
                models.elements(ErrorEventDefinition.class).stream()
                        .filter(error -> error.getError() == null && reference(error) != null)
                        .map(error -> Finding.of(
                                (BaseElement) error.getParentElement(),
                                "引用的错误 " + reference(error) + " 不存在。请重新选择 Global error reference。")),
                models.graphs().stream()
                        .flatMap(graph -> graph.uncaught().stream())
                        .filter(uncaught -> !uncaught.code().isEmpty())
                        .map(uncaught -> Finding.of(
                                uncaught.node(),
                                "的错误“" + uncaught.code() + "”没有人处理。请在它或调用它的活动上加一个错误边界事件，错误代码为 " + uncaught.code()
                                        + "。"))
                        .distinct());
    }

    private static String reference(ErrorEventDefinition error) {
        return error.getDomElement().getAttribute("errorRef");
    }
}
