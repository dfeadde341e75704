package org.accountsecurity.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.accountsecurity.engine.identity.Groups;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Refuses query expressions in bodies at any depth and in parameters, except from administrators; from holders also
 * every body that is no small JSON object.
 */
class QueryBodyFilter extends OncePerRequestFilter {

    /** Bytes of a request of a holder; the longest form has a few hundred. */
    private static final int SMALL = 16 * 1024;
    /** Bytes of JSON from staff; deployments are no JSON. */
    private static final int LARGE = 1024 * 1024;
    /** Deepest nesting of a query with sub-queries. */
    private static final int SHALLOW = 12;

    /** Types of values from form-js, and {@code Json} from Tasklist. */
    private static final Set<String> TYPES = Set.of("String", "Boolean", "Integer", "Double", "Json");

    /** Top-level keys from Tasklist: of a form, or of a page of a list. */
    private static final Set<String> TOP =
            Set.of("variables", "businessKey", "sorting", "active", "firstResult", "maxResults");

    /** Top-level keys from Tasklist whose list must be empty. */
    private static final Set<String> EMPTY = Set.of("processVariables", "taskVariables", "caseInstanceVariables");

    private static final String EXPRESSION = "expression";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(SHALLOW).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.isUserInRole(Groups.ADMINISTRATOR);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean holder = request.isUserInRole(Groups.ACCOUNT_HOLDER);
        if (Collections.list(request.getParameterNames()).stream().anyMatch(QueryBodyFilter::isExpression)) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (!holder && !isJson(request)) {
            chain.doFilter(request, response);
            return;
        }
        int limit = holder ? SMALL : LARGE;
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else if (body.length > 0 && (!isJson(request) || !harmless(body, holder))) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        } else {
            chain.doFilter(new Replayed(request, body), response);
        }
    }

    private static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON_VALUE);
    }

    /**
     * Whether it is valid JSON, not too deep, without duplicate keys and keys of expressions; for holders one object
     * with known keys and types.
     */
    private static boolean harmless(byte[] body, boolean holder) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            JsonToken token = parser.nextToken();
            if (holder && token != JsonToken.START_OBJECT) {
                return false;
            }
            for (; token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME ? harmful(parser, holder) : holder && emptyPlace(parser, token)) {
                    return false;
                }
            }
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean harmful(JsonParser parser, boolean holder) {
        String key = parser.currentName();
        if (isExpression(key)) {
            return true;
        }
        if (holder && parser.streamReadContext().getParent().inRoot() && !TOP.contains(key)) {
            return !EMPTY.contains(key)
                    || parser.nextToken() != JsonToken.START_ARRAY
                    || parser.nextToken() != JsonToken.END_ARRAY;
        }
        return holder && unknownType(parser, key);
    }

    /** Whether it is a null in a list, where the engine expects an object. */
    private static boolean emptyPlace(JsonParser parser, JsonToken token) {
        return token == JsonToken.VALUE_NULL && !parser.streamReadContext().inObject();
    }

    /** Whether it is the key of a type that no form has. */
    private static boolean unknownType(JsonParser parser, String key) {
        return key.equals("type")
                && !(parser.nextToken() == JsonToken.VALUE_STRING && TYPES.contains(parser.getString()));
    }

    private static boolean isExpression(String text) {
        return text.toLowerCase(Locale.ROOT).contains(EXPRESSION);
    }

    /** The request with the body that was read. */
    private static final class Replayed extends HttpServletRequestWrapper {

        private final byte[] body;

        Replayed(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            ByteArrayInputStream bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {

                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("the body is at hand");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
