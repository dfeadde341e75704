package org.accountsecurity.engine.webapp;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.brand.Brand;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Matches the requests of Tasklist for a holder, by method, raw path and names of query parameters. */
public final class TasklistRequests implements RequestMatcher {

    private static final String LIST = "tasklist-requests.txt";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "{webapp}",
            Brand.WEBAPP,
            "{uuid}",
            UUID,
            "{definition}",
            "[a-z-]{1,64}:[0-9]{1,9}:" + UUID,
            "{build}",
            "[0-9a-f]{12}",
            "{account}",
            "[A-Za-z0-9-]{1,64}",
            "{file}",
            "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    private final List<Entry> entries = read();

    /** One line of the list. */
    private record Entry(String line, String method, Pattern path, Set<String> parameters) {

        static Entry of(String line) {
            String[] parts = line.split("[ ?]", 3);
            String path = parts[1];
            for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
                path = path.replace(placeholder.getKey(), "\\E" + placeholder.getValue() + "\\Q");
            }
            return new Entry(
                    line, parts[0], Pattern.compile("\\Q" + path + "\\E"), names(parts.length > 2 ? parts[2] : null));
        }
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        return find(request.getMethod(), request.getRequestURI(), request.getQueryString())
                .isPresent();
    }

    /** The line that allows a request with this raw path and query; empty if none does. */
    Optional<String> find(String method, String path, String query) {
        Set<String> parameters = names(query);
        return entries.stream()
                .filter(entry -> entry.method().equals(method)
                        && entry.path().matcher(path).matches()
                        && entry.parameters().containsAll(parameters))
                .map(Entry::line)
                .findFirst();
    }

    private static Set<String> names(String query) {
        return query == null
                ? Set.of()
                : Arrays.stream(query.split("&"))
                        .map(parameter -> parameter.split("=", 2)[0])
                        .collect(Collectors.toSet());
    }

    private static List<Entry> read() {
        return lines().map(Entry::of).toList();
    }

    /** The lines without comments. */
    static Stream<String> lines() {
        try (InputStream list = TasklistRequests.class.getResourceAsStream(LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
