package org.accountsecurity.contest;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.text.MinuteText;
import org.springframework.stereotype.Component;

/** What the form of a contest shows staff: nothing of it is personal. */
@Component
class ContestFormValues implements FormValues {

    private static final Map<Effect, String> EFFECTS = Map.of(
            Effect.STOPS, "生效之前提出：申请已终止，所有登录已退出，账户暂停办理注销和更换手机号。",
            Effect.RESTRICTS, "更换手机号已经生效，没有改回。进行中的申请已终止，所有登录已退出，账户暂停办理注销和更换手机号。",
            Effect.NONE, "账户关闭之后提出：办理结果不能撤销，账户没有受到限制。");

    private static final String NUMBER = "contestNumber";
    private static final String REQUEST = "contestedRequest";
    private static final String WHAT = "contestedWhat";
    private static final String AT = "contestedAt";
    private static final String FROM = "contestedFrom";
    private static final String EFFECT = "contestEffect";

    private final Contests contests;
    private final Clock clock;

    ContestFormValues(Contests contests, Clock clock) {
        this.contests = contests;
        this.clock = clock;
    }

    @Override
    public boolean forStaff() {
        return true;
    }

    @Override
    public Set<String> names() {
        return Set.of(NUMBER, REQUEST, WHAT, AT, FROM, EFFECT);
    }

    @Override
    public Map<String, Object> of(String id) {
        Contest contest = contests.find(id);
        return Map.of(
                NUMBER,
                contest.number(),
                REQUEST,
                contest.requestId(),
                WHAT,
                contest.occasion().what(),
                AT,
                MinuteText.of(contest.openedAt(), clock.getZone()),
                FROM,
                contest.contestedFrom(),
                EFFECT,
                EFFECTS.get(contest.effect()));
    }
}
