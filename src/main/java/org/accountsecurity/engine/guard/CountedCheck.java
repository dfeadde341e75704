package org.accountsecurity.engine.guard;

import java.util.stream.Stream;
import org.accountsecurity.engine.form.CountedQuestion;
import org.springframework.stereotype.Component;

/** What a form has counted is one of a few answers that it lists itself. */
@Component
class CountedCheck implements Check {

    @Override
    public Stream<Finding> findings(Models models) {
        return models.forms.values().stream()
                .flatMap(form -> form.components().stream()
                        .filter(CountedQuestion::isMarked)
                        .filter(component -> CountedQuestion.in(component).isEmpty())
                        .map(component -> new Finding(
                                form.file(),
                                "的字段 " + component.path("key").asText()
                                        + " 不能计数（counted）。请用 Radio 或 Select，在表单里列出 2 到 20 个选项，counted 写成 leaving-reason"
                                        + " 这样的小写英文，选项的值写成 TOO_EXPENSIVE 这样的大写英文；文字和个人信息不能计数。")));
    }
}
