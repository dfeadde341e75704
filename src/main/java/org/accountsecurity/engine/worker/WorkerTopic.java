package org.accountsecurity.engine.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of one topic of external tasks.
 *
 * @param reads process variables that workers get
 * @param writes process variables that workers set, each with its values: {@code boolean}, or constants
 * @param errors codes of the BPMN errors that a task may raise
 */
public record WorkerTopic(
        @DefaultValue List<String> reads,
        @DefaultValue Map<String, List<String>> writes,
        @DefaultValue List<String> errors) {

    private static final String BOOLEAN = "boolean";
    private static final Pattern VARIABLE = Pattern.compile("\\w{1,64}");
    /** The prefix keeps it apart from variables of the application. */
    private static final Pattern OF_WORKERS = Pattern.compile("worker[A-Z]\\w{0,57}");

    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");

    /** The variables that a worker sets, each with its values: true and false, or texts. */
    public Map<String, List<Object>> results() {
        Map<String, List<Object>> results = new LinkedHashMap<>();
        writes.forEach((name, values) ->
                results.put(name, List.of(BOOLEAN).equals(values) ? List.of(true, false) : List.copyOf(values)));
        return results;
    }

    /** One sentence for each invalid setting. */
    List<String> wrong(String prefix) {
        List<String> wrong = new ArrayList<>();
        if (!reads.stream().allMatch(name -> VARIABLE.matcher(name).matches())) {
            wrong.add("Set " + prefix + ".reads to names of process variables.");
        }
        writes.forEach((name, values) -> {
            if (!OF_WORKERS.matcher(name).matches()) {
                wrong.add("In " + prefix + ".writes name each variable worker and a word in capitals, such as"
                        + " workerRiskFound, so that it stands for no variable of the application.");
            }
            if (!List.of(BOOLEAN).equals(values)
                    && !(values.size() > 1
                            && values.stream()
                                    .allMatch(value -> CONSTANT.matcher(value).matches()))) {
                wrong.add("Set " + prefix + ".writes." + name + " to boolean, or to two or more constants in capitals"
                        + " such as LOW, HIGH; quote YES, NO, ON and OFF, which YAML takes for booleans.");
            }
        });
        if (!errors.stream().allMatch(code -> CONSTANT.matcher(code).matches())) {
            wrong.add("Set " + prefix + ".errors to codes in capitals, such as RISK_UNKNOWN.");
        }
        return wrong;
    }
}
