package org.accountsecurity.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accountsecurity.testing.Journey;
import org.camunda.bpm.engine.task.Task;

/** Answers in the own session, by what the form says and not by what it sends. */
class Holder implements Person {

    private static final Form NOTICE = Form.shipped("read-deregistration-notice");
    private static final Form CONFIRMATION = Form.shipped("confirm-deregistration");
    private static final Form CHANGE_NOTICE = Form.shipped("read-unbinding-notice");
    private static final Form CHANGE_CONFIRMATION = Form.shipped("confirm-unbinding");
    private static final int TRIES = 2;
    private static final int ROUNDS = 5;

    private final Map<String, Integer> tried = new HashMap<>();
    private final Map<String, Integer> rounds = new HashMap<>();
    private final Set<String> left = new HashSet<>();

    @Override
    public void begin(Walk walk) {
        walk.start();
    }

    @Override
    public boolean act(Walk walk) {
        for (Task task : walk.tasksOf(Walk.ACCOUNT)) {
            if (!left.contains(task.getId())
                    && tried.merge(task.getId(), 1, Integer::sum) <= TRIES
                    && rounds.merge(task.getTaskDefinitionKey(), 1, Integer::sum) <= ROUNDS) {
                if (answer(walk, task)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the holder chooses to withdraw here. */
    boolean withdraws(Walk walk, Form form) {
        return false;
    }

    /** Whether the holder leaves this form, and everything after it, alone. */
    boolean leaves(Form form) {
        return false;
    }

    /** What the holder looks at before answering, empty if it can't be shown. */
    Optional<Form> read(Walk walk, Task task) {
        return walk.read(task);
    }

    private boolean answer(Walk walk, Task task) {
        Form form = read(walk, task).orElse(null);
        if (form == null) {
            return false;
        }
        if (leaves(form)) {
            left.add(task.getId());
            return false;
        }
        boolean withdrawal = isCoolingOff(form);
        if (withdrawal && !withdraws(walk, form)) {
            left.add(task.getId());
            return false;
        }
        Map<String, Object> answers = answers(walk, form, withdraws(walk, form));
        if (!walk.submit(task, answers)) {
            return false;
        }
        remember(walk, form, answers, withdrawal);
        return true;
    }

    /** Where the only button takes the request back. */
    static boolean isCoolingOff(Form form) {
        return form.components("text").stream()
                .anyMatch(text -> text.path("text").asText().contains("点下面的“撤回申请”"));
    }

    static boolean isConfirmation(Form form) {
        return form.components().stream()
                .flatMap(field -> form.options(field).keySet().stream())
                .anyMatch(label -> label.startsWith("确认"));
    }

    void remember(Walk walk, Form form, Map<String, Object> answers, boolean withdrawal) {
        if ("SETTLE".equals(answers.get("choice"))) {
            walk.said().settled();
        } else if (withdrawal || chosen(form, answers).stream().anyMatch(Holder::takesBack)) {
            walk.said().withdrawn(walk.now());
        } else if (chose(form, answers, NOTICE, "choice", "CONTINUE")
                && form.shows(NOTICE.text("{{notice}}"))
                && form.tells("notice")
                && form.shows(NOTICE.field("consent"))
                && Boolean.TRUE.equals(answers.get("consent"))) {
            walk.consented();
        } else if (chose(form, answers, CHANGE_NOTICE, "choice", "CONTINUE")
                && form.shows(CHANGE_NOTICE.text("### 解绑须知"))) {
            walk.consented();
        } else if (chose(form, answers, CONFIRMATION, "choice", "CONFIRM")
                && form.shows(CONFIRMATION.text("{{notice}}"))
                && form.tells("notice")) {
            walk.said().confirmed(walk.now(), null);
        } else if (chose(form, answers, CHANGE_CONFIRMATION, "choice", "CONFIRM")
                && form.shows(CHANGE_CONFIRMATION.text("maskedTarget"))
                && form.tells("maskedTarget")) {
            walk.said().confirmed(walk.now(), form.told("maskedTarget"));
        }
    }

    private static boolean chose(Form form, Map<String, Object> answers, Form shipped, String key, String value) {
        return form.shows(shipped.field(key)) && value.equals(answers.get(key));
    }

    private static List<String> chosen(Form form, Map<String, Object> answers) {
        List<String> labels = new ArrayList<>();
        for (JsonNode field : form.components("radio")) {
            form.options(field).forEach((label, value) -> {
                if (value.equals(answers.get(field.path("key").asText()))) {
                    labels.add(label);
                }
            });
        }
        return labels;
    }

    private static boolean takesBack(String label) {
        return label.startsWith("撤回") || label.startsWith("放弃");
    }

    /** What somebody types who goes on, or takes it back, and knows the code. */
    static Map<String, Object> answers(Walk walk, Form form, boolean withdraws) {
        Map<String, Object> answers = new HashMap<>();
        for (JsonNode field : form.components("radio")) {
            // two questions with one key have one answer
            if (!answers.containsKey(field.path("key").asText()) && !Form.hidden(field, answers)) {
                choose(walk, form, field, withdraws, answers);
            }
        }
        for (JsonNode field : form.components()) {
            String key = field.path("key").asText();
            if (key.isEmpty()
                    || Form.hidden(field, answers)
                    || field.path("disabled").asBoolean()) {
                continue;
            }
            switch (field.path("type").asText()) {
                case "checkbox" -> answers.put(key, true);
                case "checklist" ->
                    answers.put(
                            key, Journey.json(List.copyOf(form.options(field).values())));
                case "number" -> answers.put(key, 1);
                case "textfield", "textarea" ->
                    answers.put(
                            key,
                            switch (key) {
                                case "code" -> walk.code();
                                case "newPhone" -> walk.nextPhone();
                                default -> "随便";
                            });
                default -> {}
            }
        }
        return answers;
    }

    private static void choose(Walk walk, Form form, JsonNode field, boolean withdraws, Map<String, Object> answers) {
        Map<String, String> options = form.options(field);
        if (options.containsValue("CHECK_AGAIN") && !withdraws) {
            boolean settleable = options.containsValue("SETTLE");
            if (!settleable) {
                walk.settleInTheShop();
            }
            answers.put(field.path("key").asText(), settleable ? "SETTLE" : "CHECK_AGAIN");
            return;
        }
        options.entrySet().stream()
                .filter(option -> takesBack(option.getKey()) == withdraws)
                .findFirst()
                .or(() -> options.entrySet().stream().findFirst())
                .ifPresent(option -> answers.put(field.path("key").asText(), option.getValue()));
    }
}
