package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.engine.identity.Groups;
import org.springframework.stereotype.Component;

/** Checks each element: it is connected, has somebody who does it, and refers to what exists. */
@Component
class ElementCheck implements Check {

    static final String BUSINESS_KEY = "#{execution.processBusinessKey}";

    private static final Duration SHORTEST_HISTORY = Duration.ofDays(30);
    private static final Duration LONGEST_HISTORY = Duration.ofDays(1096);

    private final Beans beans;

    ElementCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        for (Tag tag : models.tags().toList()) {
            if (tag.is("process", "dmn:decision")
                    && !WaitCheck.isBetween(tag.get("camunda:historyTimeToLive"), SHORTEST_HISTORY, LONGEST_HISTORY)) {
                findings.add(tag.finding("guard.history-time-to-live"));
            }
            if (tag.is("process")) {
                process(tag, findings);
            } else if (tag.is("userTask") && tag.has("camunda:assignee") == tag.has("camunda:candidateGroups")) {
                findings.add(tag.finding("guard.task-of-nobody", "assignee", "${subject}", "group", Groups.SUPPORT));
            } else if (tag.is("callActivity")) {
                call(tag, models, findings);
            } else if (tag.has("camunda:decisionRef")) {
                decision(tag, models, findings);
            } else if (tag.has("camunda:type") || tag.has("camunda:topic")) {
                external(tag, findings);
            }
            if (Tag.NODE.matcher(tag.name()).matches()) {
                connected(tag, findings);
                inputs(tag, findings);
            }
        }
        return findings.stream();
    }

    private static void process(Tag process, List<Finding> findings) {
        boolean startable = !process.get("camunda:isStartableInTasklist").equals("false");
        process.children("startEvent").stream()
                .filter(start -> startable
                        && (!start.has("camunda:formRef")
                                || !start.children("timerEventDefinition").isEmpty()))
                .forEach(start -> findings.add(start.finding("guard.start-form")));
    }

    private void call(Tag call, Models models, List<Finding> findings) {
        String called = call.get("calledElement");
        if (!called.isEmpty() && !models.processes.containsKey(called)) {
            findings.add(call.finding("guard.called-process-missing", "process", called));
        }
        List<Tag> given = call.extensions("camunda:in");
        if (given.stream().noneMatch(in -> in.has("businessKey"))) {
            findings.add(call.finding("guard.business-key-not-passed", "expression", BUSINESS_KEY));
        }
        // constants are allowed for declared inputs only
        Set<String> constants = beans.all(Variables.class, Variables::inputs);
        given.stream()
                .filter(in -> in.has("businessKey")
                        ? in.has("target")
                        : in.has("source") == in.has("sourceExpression")
                                || !in.has("target")
                                || (in.has("source")
                                        ? !in.get("source").equals(in.get("target"))
                                        : !constants.contains(in.get("target"))))
                .forEach(in -> findings.add(
                        call.finding("guard.in-mapping", "variable", in.get("target"), "constants", constants)));
    }

    private static void decision(Tag task, Models models, List<Finding> findings) {
        String table = task.get("camunda:decisionRef");
        boolean kept = task.has("camunda:mapDecisionResult") && task.has("camunda:resultVariable");
        if (!models.tables.containsKey(table) || !task.has("camunda:decisionRefBinding") || !kept) {
            findings.add(task.finding("guard.decision-task", "table", table));
        }
    }

    private void external(Tag task, List<Finding> findings) {
        boolean external = task.has("camunda:type") && !task.has("camunda:delegateExpression");
        if (!external || beans.topicOf(task).isEmpty()) {
            findings.add(task.finding("guard.external-task", "topics", beans.topics()));
        }
    }

    /** Checks incoming and outgoing flows, and the default flow of a gateway. */
    private static void connected(Tag node, List<Finding> findings) {
        boolean eventSubProcess = node.get("triggeredByEvent").equals("true");
        List<Tag> flows = node.outgoing();
        if (node.incoming().isEmpty() && !eventSubProcess && !node.is("startEvent", "boundaryEvent", "endEvent")) {
            findings.add(node.finding("guard.no-incoming"));
        } else if (flows.isEmpty() && !eventSubProcess && !node.is("endEvent")) {
            findings.add(node.finding("guard.no-outgoing"));
        }
        if (node.children().stream()
                        .filter(child -> child.name().endsWith("EventDefinition"))
                        .count()
                > 1) {
            findings.add(node.finding("guard.two-event-definitions"));
        }
        String rest = node.get("default");
        boolean asks = node.is("exclusiveGateway") && flows.size() > 1;
        boolean hasRest = flows.stream().anyMatch(flow -> flow.id().equals(rest));
        if (asks && !hasRest) {
            findings.add(node.finding("guard.no-default-flow"));
        }
        for (Tag flow : flows) {
            boolean conditional = !flow.children("conditionExpression").isEmpty();
            if (asks ? hasRest && conditional == flow.id().equals(rest) : conditional) {
                findings.add(flow.finding("guard.flow-condition"));
            }
        }
    }

    /** Checks that an input parameter is one that the delegate declares, or does not hide another name. */
    private void inputs(Tag node, List<Finding> findings) {
        List<String> settable = beans.declared(node, Variables.class)
                .map(variables -> List.of(variables.inputs()))
                .orElse(List.of());
        node.extensions("camunda:inputOutput").stream()
                .flatMap(io -> io.children().stream())
                .map(input -> input.get("name"))
                .filter(name -> node.has("camunda:type") || node.has("camunda:decisionRef")
                        ? beans.isTaken(name)
                        : !settable.contains(name))
                .forEach(name -> findings.add(node.finding("guard.input-parameter", "parameter", name)));
    }
}
