package org.accountsecurity.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.engine.brand.Brand;
import org.accountsecurity.text.Messages;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Serves static files, compressed. Addresses with the build are cached for ever, others are revalidated. Puts the build
 * into the addresses of webapp pages and the reader's language into their head, and allows their inline script. Other answers are not compressed, as their length
 * could reveal a secret.
 */
class StaticFileFilter extends OncePerRequestFilter {

    private static final String FOREVER = "private, max-age=31536000, immutable";
    private static final String ASK = "private, no-cache";
    /** Browsers request it with every page. */
    private static final String A_DAY = "public, max-age=86400";

    private static final Pattern WITH_BUILD = Pattern.compile(Brand.WEBAPP + "/static/([0-9a-f]{12})(/.+)");
    private static final Pattern PAGE = Pattern.compile(Brand.WEBAPP + "/app/([^/]+)/.+/");
    private static final Pattern LINK =
            Pattern.compile("\"" + Brand.WEBAPP + "/((?:lib|app)/[^\"?]+\\.(?:js|css))(?:\\?[^\"]*)?\"");

    private static final String POLICY = "Content-Security-Policy";
    private static final String SCRIPTS = "script-src 'self'";

    /** The pages that have the language of their reader. */
    private static final Set<String> TRANSLATED = Set.of("tasklist", "welcome");

    private final InlineScripts scripts = new InlineScripts();
    private final StaticFiles files;

    StaticFileFilter(StaticFiles files) {
        this.files = files;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        Matcher page = PAGE.matcher(path);
        Matcher withBuild = WITH_BUILD.matcher(path);
        String address = withBuild.matches() ? Brand.WEBAPP + withBuild.group(2) : path;
        if (request.getMethod().equals("GET") && files.has(address)) {
            // during a rolling update a node of another build serves its own files
            boolean same = withBuild.matches() && withBuild.group(1).equals(files.build());
            serve(address, same, request, response);
        } else if (page.matches()) {
            nameBuild(page.group(1), request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void serve(String address, boolean forever, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean compressible = StaticFiles.compressible(address);
        String kept = address.endsWith("/favicon.ico") ? A_DAY : ASK;
        response.setHeader(HttpHeaders.CACHE_CONTROL, forever ? FOREVER : kept);
        if (compressible) {
            response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (new ServletWebRequest(request, response).checkNotModified("W/\"" + files.build() + "\"")) {
            return;
        }
        MediaType type = MediaTypeFactory.getMediaType(address).orElse(MediaType.APPLICATION_OCTET_STREAM);
        response.setContentType(
                compressible ? new MediaType(type, StandardCharsets.UTF_8).toString() : type.toString());
        byte[] body;
        if (compressible && acceptsGzip(request)) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            body = files.compressed(address);
        } else {
            body = files.content(address);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean acceptsGzip(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.matches(".*\\bgzip(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
    }

    private void nameBuild(String app, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper page = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, page);
        if (page.getContentType() != null && page.getContentType().startsWith(MediaType.TEXT_HTML_VALUE)) {
            Charset charset = Charset.forName(page.getCharacterEncoding());
            String html = new String(page.getContentAsByteArray(), charset);
            String policy = page.getHeader(POLICY);
            if (policy != null) {
                page.setHeader(POLICY, policy.replace(SCRIPTS, SCRIPTS + " " + scripts.source(app)));
            }
            page.resetBuffer();
            page.getOutputStream()
                    .write(LINK.matcher(inLanguage(html, app))
                            .replaceAll("\"" + Brand.WEBAPP + "/static/" + files.build() + "/$1\"")
                            .getBytes(charset));
        }
        page.copyBodyToResponse();
    }

    private static String inLanguage(String html, String app) {
        return TRANSLATED.contains(app)
                ? html.replaceFirst(
                        "<html[^>]*>", "<html lang=\"" + Messages.language().toLanguageTag() + "\">")
                : html;
    }
}
