package org.accountsecurity.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.text.Messages;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Serves static files, compressed. Under an address with their build a browser keeps them for ever; under every other it
 * asks each time whether they have changed. The webapp's pages name the address with the build, and their language. Nothing else is
 * compressed: the length of an answer with a secret could betray it.
 */
class StaticFileFilter extends OncePerRequestFilter {

    private static final String FOREVER = "private, max-age=31536000, immutable";
    private static final String ASK = "private, no-cache";
    /** A browser asks for it with every page. */
    private static final String A_DAY = "public, max-age=86400";

    private static final Pattern WITH_BUILD = Pattern.compile("/camunda/static/([0-9a-f]{12})(/.+)");
    private static final Pattern PAGE = Pattern.compile("/camunda/app/.+/");
    private static final Pattern LINK =
            Pattern.compile("\"/camunda/((?:lib|app)/[^\"?]+\\.(?:js|css))(?:\\?[^\"]*)?\"");

    /** The pages that are in the language of their reader; the others are for staff, and as the browser wants them. */
    private static final Pattern TRANSLATED = Pattern.compile("/camunda/app/(tasklist|welcome)/.+");

    private final StaticFiles files;

    StaticFileFilter(StaticFiles files) {
        this.files = files;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        Matcher withBuild = WITH_BUILD.matcher(path);
        String address = withBuild.matches() ? "/camunda" + withBuild.group(2) : path;
        if (request.getMethod().equals("GET") && files.has(address)) {
            // a node of another build answers too while nodes are updated, with what it has
            boolean same = withBuild.matches() && withBuild.group(1).equals(files.build());
            serve(address, same, request, response);
        } else if (PAGE.matcher(path).matches()) {
            nameBuild(request, response, chain);
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

    private void nameBuild(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper page = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, page);
        if (page.getContentType() != null && page.getContentType().startsWith(MediaType.TEXT_HTML_VALUE)) {
            Charset charset = Charset.forName(page.getCharacterEncoding());
            String html = new String(page.getContentAsByteArray(), charset);
            page.resetBuffer();
            page.getOutputStream()
                    .write(LINK.matcher(inLanguage(html, request.getRequestURI()))
                            .replaceAll("\"/camunda/static/" + files.build() + "/$1\"")
                            .getBytes(charset));
        }
        page.copyBodyToResponse();
    }

    private static String inLanguage(String html, String path) {
        return TRANSLATED.matcher(path).matches()
                ? html.replaceFirst(
                        "<html[^>]*>", "<html lang=\"" + Messages.language().toLanguageTag() + "\">")
                : html;
    }
}
