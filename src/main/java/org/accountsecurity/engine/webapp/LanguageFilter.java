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

    private static final List<Locale> SPOKEN = List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.ENGLISH);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Spoken(request, language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))), response);
    }

    private static Locale language(String asked) {
        try {
            Locale match = asked == null ? null : Locale.lookup(Locale.LanguageRange.parse(asked), SPOKEN);
            return Locale.ENGLISH.equals(match) ? match : Locale.SIMPLIFIED_CHINESE;
        } catch (IllegalArgumentException e) {
            return Locale.SIMPLIFIED_CHINESE;
        }
    }

    private static final class Spoken extends HttpServletRequestWrapper {

        private final Locale language;

        Spoken(HttpServletRequest request, Locale language) {
            super(request);
            this.language = language;
        }

        @Override
        public Locale getLocale() {
            return language;
        }
    }
}
