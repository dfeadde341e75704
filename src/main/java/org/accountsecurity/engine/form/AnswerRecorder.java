package org.accountsecurity.engine.form;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accountsecurity.engine.gate.Refusal;
import org.accountsecurity.engine.gate.RefusedException;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.engine.identity.TaskRequests;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.ShownForms;
import org.accountsecurity.request.StaffAnswered;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Records what the subject of a request says in a form, and what the form showed, in the transaction of the submission.
 * Answers of staff count from members of {@code support} only.
 */
public class AnswerRecorder {

    /** Choices that withdraw or give up, in any form. */
    private static final Set<String> WITHDRAWALS = Set.of("WITHDRAW", "GIVE_UP");

    private final HolderAnswers answers;
    private final ShownForms shown;
    private final HolderRequests requests;
    private final TaskRequests taskRequests;
    private final ApplicationEventPublisher events;

    public AnswerRecorder(
            HolderAnswers answers,
            ShownForms shown,
            HolderRequests requests,
            TaskRequests taskRequests,
            ApplicationEventPublisher events) {
        this.answers = answers;
        this.shown = shown;
        this.requests = requests;
        this.taskRequests = taskRequests;
        this.events = events;
    }

    /** Records the hash of what a form shows its subject. */
    void read(TaskEntity task, FormContract contract, Function<String, Object> values) {
        if (!contract.statements().isEmpty()) {
            subject(task)
                    .ifPresent(account ->
                            shown.record(task.getId(), taskRequests.of(task), account, hash(contract, values)));
        }
    }

    /** Records the statement in an accepted submission, if there is one. */
    void submitted(
            TaskEntity task, FormContract contract, Map<String, Object> submitted, Function<String, Object> values) {
        if (contract.statements().stream().anyMatch(form -> form.statement() == Statement.HANDLED)) {
            if (!Groups.isIn(Groups.SUPPORT, authentication())) {
                throw FormContract.refusal("choice", Messages.text("form.only-support", "group", Groups.SUPPORT));
            }
            events.publishEvent(new StaffAnswered(taskRequests.of(task), (String) submitted.get("choice")));
        }
        subject(task).ifPresent(account -> {
            String request = taskRequests.of(task);
            Optional<StatementForm> said = contract.statements().stream()
                    .filter(form -> form.process().equals(requests.processOf(request)) && form.isMadeBy(submitted))
                    .findFirst();
            boolean withdrawn = submitted.get("choice") instanceof String choice && WITHDRAWALS.contains(choice);
            if (withdrawn
                    || said.filter(form -> form.statement() == Statement.WITHDRAWN)
                            .isPresent()) {
                answers.add(request, account, Statement.WITHDRAWN, task.getId(), null, null);
            } else {
                said.ifPresent(form -> add(form, task, request, account, hash(contract, values), values));
            }
        });
    }

    private void add(
            StatementForm form,
            TaskEntity task,
            String request,
            String account,
            String hash,
            Function<String, Object> values) {
        if (!shown.isShown(task.getId(), account, hash)) {
            throw new RefusedException(Refusal.SHOWN_ANEW);
        }
        answers.add(request, account, form.statement(), task.getId(), hash, form.noticeHash(values));
    }

    /** The authenticated account, if it is the assignee and the subject of the request. */
    private Optional<String> subject(TaskEntity task) {
        return Optional.ofNullable(authentication())
                .filter(Groups::isHolder)
                .map(Authentication::getUserId)
                .filter(account -> account.equals(task.getAssignee())
                        && account.equals(requests.accountOf(taskRequests.of(task))));
    }

    private static Authentication authentication() {
        return Context.getCommandContext().getAuthentication();
    }

    /**
     * The hash of the form, its language, and the values of its named parts; other values may change while the form is
     * open.
     */
    private static String hash(FormContract contract, Function<String, Object> values) {
        return StatementForm.hash(contract.hash() + "\n" + Messages.language() + "\n"
                + contract.statements().stream()
                        .flatMap(form -> form.values().stream())
                        .distinct()
                        .sorted()
                        .map(name -> name + "=" + values.apply(name))
                        .collect(Collectors.joining("\n")));
    }
}
