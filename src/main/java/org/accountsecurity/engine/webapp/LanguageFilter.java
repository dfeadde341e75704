package org.accountsecurity.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the language of a request: English where the browser prefers it, otherwise Chinese, whatever the locale of the
 * machine.
 */
class LanguageFilter extends OncePerRequestFilter {

    private static final int LONGEST = 200;
    private static final List<Locale> SUPPORTED = List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.ENGLISH);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(
                new LocalizedRequest(request, language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))), response);
    }

    private static Locale language(String asked) {
        if (asked == null || asked.length() > LONGEST) {
            return Locale.SIMPLIFIED_CHINESE;
        }
        try {
            Locale match = Locale.lookup(Locale.LanguageRange.parse(asked), SUPPORTED);
            return Locale.ENGLISH.equals(match) ? match : Locale.SIMPLIFIED_CHINESE;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // the parser of Java stumbles over a lone hyphen
            return Locale.SIMPLIFIED_CHINESE;
        }
    }

    /** The page of an error is in the same language as every other. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static final class LocalizedRequest extends HttpServletRequestWrapper {

        private final Locale language;

        LocalizedRequest(HttpServletRequest request, Locale language) {
            super(request);
            this.language = language;
        }

        @Override
        public Locale getLocale() {
            return language;
        }
    }
}
