package org.accountsecurity.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a page names and does not exist. */
class Claims {

    private static final Pattern SETTING = Pattern.compile("account-security\\.[a-z0-9.\\[\\]-]*[a-z0-9\\]]");
    private static final Pattern VARIABLE = Pattern.compile("\\bACCOUNT_SECURITY_[A-Z_]+");
    private static final Pattern CLASS = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\(\\))?");
    /** Of several words, as only our classes are, but for {@link #NOT_OURS}. */
    private static final Pattern WORDS = Pattern.compile("[A-Z][a-z]+(?:[A-Z][a-z0-9]*)+");

    private static final Pattern ELEMENT = Pattern.compile("[A-Z][a-z]\\w*_[A-Z]\\w+");
    private static final Pattern PACKAGE = Pattern.compile("[a-z]+(?:\\.[a-z]+)+");
    private static final Pattern PATH = Pattern.compile("[\\w.*-]+(?:/[\\w.*-]+)*/?");
    private static final Pattern FILE =
            Pattern.compile("\\w.*\\.(?:bpmn|dmn|form|java|js|md|yaml|sql|sh|txt|json|csv|png|html|css)|.*/");
    private static final Pattern TEST = Pattern.compile("-D(?:it\\.)?test=(\\w+)");
    private static final Pattern MAIN_CLASS = Pattern.compile("main-class=[\\w.]+\\.(\\w+)");
    private static final Pattern SCRIPT = Pattern.compile("(?m)^(\\.ci/\\w+)");

    /** Names of others, examples, and what is gone and said to be gone. */
    private static final Set<String> NOT_OURS = Set.of(
            "data/",
            "en.json",
            "activiti.postgres.create.engine.sql",
            "DatatypeFactory",
            "EdDSA",
            "Error_RiskUnknown",
            "SendTask_DeliverCode");

    private final Project project;

    Claims(Project project) {
        this.project = project;
    }

    List<String> unfounded(Page page) {
        List<String> found = new ArrayList<>();
        for (String link : page.links()) {
            if (!link.matches("(?:[a-z]+:|/).*") && !resolves(page, link)) {
                found.add("link " + link);
            }
        }
        page.codes().stream().filter(code -> !NOT_OURS.contains(code)).forEach(code -> unfounded(page, code, found));
        for (String block : page.blocks()) {
            named(VARIABLE, block).filter(name -> !project.hasVariable(name)).forEach(found::add);
            for (Pattern command : List.of(TEST, MAIN_CLASS)) {
                named(command, block)
                        .filter(name -> !name.equals("none") && !project.hasClass(name))
                        .forEach(name -> found.add("class " + name));
            }
            named(SCRIPT, block)
                    .filter(name -> !Files.exists(Path.of(name)))
                    .forEach(name -> found.add("file " + name));
        }
        return found.stream().map(what -> page.path() + ": " + what).toList();
    }

    private void unfounded(Page page, String code, List<String> found) {
        Matcher name = CLASS.matcher(code);
        if (SETTING.matcher(code).matches()) {
            add(found, "setting " + code, project.hasSetting(code));
        } else if (VARIABLE.matcher(code).matches()) {
            add(found, "variable " + code, project.hasVariable(code));
        } else if (ELEMENT.matcher(code).matches()) {
            add(found, "element " + code, project.hasElement(code));
        } else if (PACKAGE.matcher(code).matches() && project.packages().contains(code.replaceFirst("\\..*", ""))) {
            add(found, "package " + code, project.packages().contains(code));
        } else if (isFile(code)) {
            add(found, "file " + code, project.hasFile(page, code));
        } else if (name.matches() && project.hasClass(name.group(1))) {
            add(found, "member " + code, name.group(2) == null || project.hasMember(name.group(1), name.group(2)));
        } else if (name.matches()) {
            add(found, "class " + code, !WORDS.matcher(name.group(1)).matches());
        }
    }

    /** Told by its ending, or by beginning with a folder of the project; what is built is not looked for. */
    private static boolean isFile(String code) {
        return PATH.matcher(code).matches()
                && !code.startsWith("target/")
                && (FILE.matcher(code).matches()
                        || code.contains("/") && Files.exists(Path.of(code.replaceFirst("/.*", ""))));
    }

    private static void add(List<String> found, String what, boolean exists) {
        if (!exists) {
            found.add(what);
        }
    }

    private static boolean resolves(Page page, String link) {
        String path = link.replaceFirst("#.*", "");
        Path target =
                path.isEmpty() ? page.path() : page.path().resolveSibling(path).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return !link.contains("#") || Page.read(target).anchors().contains(link.substring(link.indexOf('#') + 1));
    }

    private static Stream<String> named(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(match.groupCount() == 0 ? 0 : 1));
    }
}
