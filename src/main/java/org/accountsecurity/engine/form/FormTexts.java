package org.accountsecurity.engine.form;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.text.Sentence;
import tools.jackson.databind.JsonNode;

/** Checks texts of a form: they must not cover the page, link to other sites, or ask for secrets. */
public final class FormTexts {

    private static final List<String> TEXTS = List.of("text", "label", "description", "dateLabel", "timeLabel");
    private static final List<String> FILLED_IN = List.of("textfield", "textarea", "number", "select", "taglist");
    private static final Pattern HTML = Pattern.compile("<\\s*[A-Za-z/!?]");
    /** A Markdown link to a path of this application; removed before the search for other links. */
    private static final Pattern OWN_LINK = Pattern.compile("(?<!!)\\[[^]\\[]*]\\(/(?![/\\\\])[\\w/.?=-]*\\)");
    /** Other links and pictures of Markdown, and texts that become links by themselves. */
    private static final Pattern LINK = Pattern.compile(
            "]\\s*[(\\[]|^\\s*\\[[^]]*]:|!\\[|://|www\\.|(java|vb)script:|mailto:|[\\w.+-]@[\\w-]|&#|&[a-z]+;",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    /** Pieces from which FEEL could build a link or a tag. */
    private static final Pattern PIECES = Pattern.compile(
            "^=.*\".*[<>\\[\\]&:/\\\\@]|\\{\\{(?:(?!}}).)*\"(?:(?!}}).)*[<>\\[\\]&:/\\\\@]", Pattern.DOTALL);

    private static final Pattern ASKS_TOO_MUCH =
            Pattern.compile("密[码碼]|口令|银行卡|銀行卡|信用卡|卡[号號]|身份[证證]|(?i)password|passcode|CVV");
    /** As a whole word: shopping has these letters, too. */
    private static final Pattern PIN = Pattern.compile("(?<![A-Za-z])PIN(?![A-Za-z])", Pattern.CASE_INSENSITIVE);
    /** Characters that a reader overlooks within a word. */
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]");

    private FormTexts() {}

    /** The objection to the texts of a component; empty if there is none. */
    public static Optional<Sentence> objection(JsonNode component) {
        for (String text : texts(component).toList()) {
            String rest = OWN_LINK.matcher(text).replaceAll("");
            if (HTML.matcher(rest).find()) {
                return Optional.of(Sentence.of("guard.text-html", "text", shortened(text)));
            }
            if (LINK.matcher(rest).find() || PIECES.matcher(rest).find()) {
                return Optional.of(Sentence.of("guard.text-link", "text", shortened(text)));
            }
        }
        if (FILLED_IN.contains(component.path("type").asString(""))) {
            return texts(component)
                    .filter(FormTexts::asksTooMuch)
                    .findFirst()
                    .map(text -> Sentence.of("guard.text-asks-too-much", "field", shortened(text)));
        }
        return Optional.empty();
    }

    private static boolean asksTooMuch(String label) {
        String plain = Normalizer.normalize(label, Normalizer.Form.NFKC);
        return PIN.matcher(plain).find()
                || ASKS_TOO_MUCH.matcher(BETWEEN.matcher(plain).replaceAll("")).find();
    }

    private static Stream<String> texts(JsonNode component) {
        Stream<JsonNode> own = TEXTS.stream().map(component::path);
        Stream<JsonNode> options =
                Stream.of("values", "columns").flatMap(list -> component.path(list).findValues("label").stream());
        Stream<JsonNode> adorners = Stream.of("prefixAdorner", "suffixAdorner").map(component.path("appearance")::path);
        return Stream.of(own, options, adorners)
                .flatMap(nodes -> nodes)
                .map(node -> node.asString(""))
                .filter(text -> !text.isEmpty());
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 30 ? line.substring(0, 30) + "…" : line;
    }
}
