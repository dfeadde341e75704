package org.accountsecurity.engine.guard;

import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Every error that a delegate or an end event raises is caught. */
@Component
class ErrorCheck implements Check {

    @Override
    public Stream<Finding> findings(Models models) {
        return models.graphs().stream()
                .flatMap(graph -> graph.uncaught().stream())
                .map(uncaught -> Finding.of(
                        uncaught.node(),
                        "的错误“" + uncaught.code() + "”没有人处理。请在它或调用它的活动上加一个错误边界事件，错误代码为 " + uncaught.code() + "。"))
                .distinct();
    }
}
