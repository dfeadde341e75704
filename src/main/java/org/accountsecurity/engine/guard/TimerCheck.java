package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.Expression;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** Every time is one that the engine can read, and neither none nor for ever; so are the intervals of retries. */
@Component
class TimerCheck implements Check {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration SHORTEST_CYCLE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofDays(1);
    private static final int MOST_RETRIES = 20;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{\\w+\\.\\w+}");
    private static final Pattern CYCLE = Pattern.compile("R/(P\\w+)");
    private static final Pattern RETRIES = Pattern.compile("R([1-9]\\d?)/(P\\w+)");

    private final Beans beans;

    TimerCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        models.elements(CatchEvent.class)
                .forEach(
                        event -> event.getEventDefinitions().stream()
                                .filter(TimerEventDefinition.class::isInstance)
                                .map(TimerEventDefinition.class::cast)
                                .filter(timer -> !isReadable(event, timer))
                                .forEach(
                                        timer -> findings.add(
                                                Finding.of(
                                                        event,
                                                        "的时间不对。请填 PT1M 到 P30D 的时长，例如 P3D、PT10M；定期重复的填 R/PT10M 到 R/P30D；系统给出的时间（${…}）请照原样保留。"))));
        models.elements(CamundaFailedJobRetryTimeCycle.class).stream()
                .filter(cycle -> !isRetryCycle(cycle.getTextContent().strip()))
                .forEach(cycle -> findings.add(Finding.of(
                        owner(cycle),
                        "的重试间隔 " + cycle.getTextContent().strip() + " 不对。请填 PT1S 到 P1D 的时长，最多 " + MOST_RETRIES
                                + " 个，用逗号隔开，例如 PT1M,PT5M,PT15M。")));
        return findings.stream();
    }

    static boolean isTimer(CatchEvent event) {
        return event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
    }

    /** Whether its timer is a duration, and at most that long. */
    static boolean isWithin(CatchEvent event, Duration latest) {
        return Literals.isBetween(text(event, TimerEventDefinition::getTimeDuration), Duration.ZERO, latest);
    }

    /** Whether its timer is a repetition, at least that often. */
    static boolean recursWithin(CatchEvent event, Duration longest) {
        Matcher cycle = CYCLE.matcher(text(event, TimerEventDefinition::getTimeCycle));
        return cycle.matches() && Literals.isBetween(cycle.group(1), SHORTEST_CYCLE, longest);
    }

    /** How long its timer lasts; no time if it is none, or one that is refused. */
    static Duration duration(CatchEvent event) {
        return Literals.duration(text(event, TimerEventDefinition::getTimeDuration))
                .filter(duration -> duration.compareTo(LONGEST) <= 0)
                .orElse(Duration.ZERO);
    }

    private static String text(CatchEvent event, Function<TimerEventDefinition, Expression> kind) {
        return event.getEventDefinitions().stream()
                .filter(TimerEventDefinition.class::isInstance)
                .map(timer -> kind.apply((TimerEventDefinition) timer))
                .filter(Objects::nonNull)
                .map(time -> time.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static BaseElement owner(ModelElementInstance extension) {
        ModelElementInstance owner = extension.getParentElement();
        while (!(owner instanceof FlowNode) && !(owner instanceof Process)) {
            owner = owner.getParentElement();
        }
        return (BaseElement) owner;
    }

    private boolean isReadable(CatchEvent event, TimerEventDefinition timer) {
        List<String> kinds = new ArrayList<>();
        boolean readable = true;
        if (timer.getTimeDate() != null) {
            kinds.add("date");
            readable &= isDate(timer.getTimeDate().getTextContent().strip());
        }
        if (timer.getTimeDuration() != null) {
            kinds.add("duration");
            readable &= isDuration(timer.getTimeDuration().getTextContent().strip(), event);
        }
        if (timer.getTimeCycle() != null) {
            kinds.add("cycle");
            readable &= isCycle(timer.getTimeCycle().getTextContent().strip());
        }
        return readable && kinds.size() == 1;
    }

    /** A date in a diagram would be past some day; the system knows when. */
    private boolean isDate(String text) {
        return PROPERTY.matcher(text).matches() || isOneOf(text, Variables::dates);
    }

    /** At once is a job of its own beside the way, and just one. */
    private static boolean isDuration(String text, CatchEvent event) {
        boolean beside = event instanceof StartEvent start && !start.isInterrupting();
        return Literals.isBetween(text, beside ? Duration.ZERO : SHORTEST, LONGEST);
    }

    private boolean isCycle(String text) {
        Matcher cycle = CYCLE.matcher(text);
        return cycle.matches()
                ? Literals.isBetween(cycle.group(1), SHORTEST_CYCLE, LONGEST)
                : isOneOf(text, Variables::cycles);
    }

    private boolean isOneOf(String text, Function<Variables, String[]> kind) {
        Set<String> names = new HashSet<>();
        beans.declared(Variables.class).values().forEach(variables -> names.addAll(List.of(kind.apply(variables))));
        Matcher variable = VARIABLE.matcher(text);
        return variable.matches() && names.contains(variable.group(1));
    }

    private static boolean isRetryCycle(String text) {
        Matcher repeated = RETRIES.matcher(text);
        if (repeated.matches()) {
            return Integer.parseInt(repeated.group(1)) <= MOST_RETRIES && isRetry(repeated.group(2));
        }
        List<String> intervals = List.of(text.split(",", -1));
        return intervals.size() <= MOST_RETRIES && intervals.stream().allMatch(TimerCheck::isRetry);
    }

    private static boolean isRetry(String text) {
        return Literals.isBetween(text.strip(), SHORTEST_RETRY, LONGEST_RETRY);
    }
}
