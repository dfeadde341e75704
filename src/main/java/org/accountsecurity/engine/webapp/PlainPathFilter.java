package org.accountsecurity.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses ambiguous paths before any other filter: path parameters, empty or dot segments, backslashes, control
 * characters and encoded separators.
 */
class PlainPathFilter extends OncePerRequestFilter {

    private static final Pattern PLAIN =
            Pattern.compile("(/|(/\\.well-known)?(/(?!\\.)([A-Za-z0-9_~:.@,+*!$&'()=-]|%[0-9A-Fa-f]{2})+)+/?)");
    /** Separators, the percent sign, control characters, and letters, digits and marks that need no encoding. */
    private static final Pattern DISGUISED =
            Pattern.compile("%([01].|2[5d-fD-F]|3[0-9bB]|4[1-9a-fA-F]|5[0-9acfACF]|6[1-9a-fA-F]|7[0-9aefAEF])");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (PLAIN.matcher(path).matches() && !DISGUISED.matcher(path).find()) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        }
    }
}
