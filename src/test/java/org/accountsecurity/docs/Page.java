package org.accountsecurity.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, with what is code in it apart. */
record Page(Path path, String text) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^(```+).*?^\\1$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|src=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^(#{1,6}) (.+)$");

    static Page read(Path path) {
        try {
            return new Page(path, Files.readString(path));
        } catch (IOException e) {
            throw new IllegalStateException("can't read " + path, e);
        }
    }

    /** What is written between backticks, outside of blocks. */
    List<String> codes() {
        return matches(CODE, prose()).map(code -> code.group(1).strip()).toList();
    }

    List<String> blocks() {
        return matches(FENCE, text).map(MatchResult::group).toList();
    }

    List<String> links() {
        return matches(LINK, CODE.matcher(prose()).replaceAll(""))
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .toList();
    }

    /** The levels of the headings, in order. */
    List<Integer> outline() {
        return matches(HEADING, prose())
                .map(heading -> heading.group(1).length())
                .toList();
    }

    /** What a link to a heading ends in, as GitHub makes it. */
    List<String> anchors() {
        return matches(HEADING, prose())
                .map(heading -> heading.group(2)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private String prose() {
        return FENCE.matcher(text).replaceAll("");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
