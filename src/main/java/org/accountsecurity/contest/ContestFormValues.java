package org.accountsecurity.contest;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import org.accountsecurity.request.FormValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the form of a contest shows staff: nothing of it is personal. */
@Configuration(proxyBeanMethods = false)
class ContestFormValues {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M 月 d 日 HH:mm");

    @Bean
    FormValue contestNumber(Contests contests) {
        return FormValue.named("contestNumber", id -> contests.find(id).number());
    }

    @Bean
    FormValue contestedRequest(Contests contests) {
        return FormValue.named("contestedRequest", id -> contests.find(id).requestId());
    }

    @Bean
    FormValue contestedWhat(Contests contests) {
        return FormValue.named(
                "contestedWhat", id -> contests.find(id).occasion().what());
    }

    @Bean
    FormValue contestedAt(Contests contests, Clock clock) {
        return FormValue.named(
                "contestedAt", id -> TIME.format(contests.find(id).openedAt().atZone(clock.getZone())));
    }

    @Bean
    FormValue contestedFrom(Contests contests) {
        return FormValue.named("contestedFrom", id -> contests.find(id).contestedFrom());
    }

    @Bean
    FormValue contestEffect(Contests contests) {
        return FormValue.named(
                "contestEffect",
                id -> contests.find(id).stopped()
                        ? "生效之前提出：申请已终止，所有登录已退出，账户暂停办理注销和更换手机号。"
                        : "生效之后提出：办理结果不能撤销，账户没有受到限制。");
    }
}
