package org.accountsecurity.contest;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.text.Messages;
import org.accountsecurity.text.MinuteText;
import org.springframework.stereotype.Component;

/** The values of a contest that its form shows to staff; none of them is personal data. */
@Component
class ContestFormValues implements FormValues {

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
                Messages.textOf("contest.effect-", contest.effect()));
    }
}
