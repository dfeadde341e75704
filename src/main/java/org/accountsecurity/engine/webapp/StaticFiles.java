package org.accountsecurity.engine.webapp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.accountsecurity.engine.brand.Brand;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** The static files of webapp and own pages by address, with one hash over all, the build. */
class StaticFiles {

    private static final String PLUGINS = "META-INF/resources/plugin/";
    private static final String OWN = "static/";
    private static final Pattern SERVED = Pattern.compile(".+\\.(js|css|json|svg|ico|png|woff2?|ttf|eot)");
    private static final Pattern COMPRESSIBLE = Pattern.compile(".+\\.(js|css|json|svg)");
    private static final Pattern PLUGIN = Pattern.compile("(\\w+)/(app/plugin\\.(?:js|css))");
    /** Length of the build in hexadecimal digits. */
    private static final int BUILD_LENGTH = 12;

    private final SortedMap<String, Resource> files = new TreeMap<>();
    private final Map<String, byte[]> compressed = new ConcurrentHashMap<>();
    private final String build;

    StaticFiles(ResourcePatternResolver resources) {
        try {
            for (String folder : new String[] {"lib/", "app/", "assets/"}) {
                find(resources, Brand.WEBJAR + folder, "**", Brand.WEBAPP + "/" + folder);
            }
            find(resources, Brand.WEBJAR, "favicon.ico", Brand.WEBAPP + "/");
            find(resources, OWN, "*", "/");
            for (Resource file : resources.getResources("classpath*:" + PLUGINS + "*/app/*")) {
                Matcher plugin = PLUGIN.matcher(nameIn(PLUGINS, file));
                if (plugin.matches()) {
                    String app = plugin.group(1);
                    files.putIfAbsent(
                            Brand.WEBAPP + "/api/" + app + "/plugin/" + app + "Plugins/static/" + plugin.group(2),
                            file);
                }
            }
            this.build = hash();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Own files come first on the class path and replace those of the webapp. */
    private void find(ResourcePatternResolver resources, String folder, String pattern, String address)
            throws IOException {
        for (Resource file : resources.getResources("classpath*:" + folder + pattern)) {
            String name = nameIn(folder, file);
            if (SERVED.matcher(name).matches()) {
                files.putIfAbsent(address + name, file);
            }
        }
    }

    private static String nameIn(String folder, Resource file) throws IOException {
        String url = file.getURL().toString();
        return url.substring(url.lastIndexOf(folder) + folder.length());
    }

    private String hash() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, Resource> file : files.entrySet()) {
                digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update(file.getValue().getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, BUILD_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hash over all files. */
    String build() {
        return build;
    }

    boolean has(String address) {
        return files.containsKey(address);
    }

    static boolean compressible(String address) {
        return COMPRESSIBLE.matcher(address).matches();
    }

    byte[] content(String address) throws IOException {
        return files.get(address).getContentAsByteArray();
    }

    /** The file as gzip, compressed at the first request and kept. */
    byte[] compressed(String address) {
        return compressed.computeIfAbsent(address, this::compress);
    }

    private byte[] compress(String address) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new BestGzip(bytes)) {
            gzip.write(content(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static final class BestGzip extends GZIPOutputStream {

        BestGzip(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
