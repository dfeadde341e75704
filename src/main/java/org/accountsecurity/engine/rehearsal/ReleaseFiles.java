package org.accountsecurity.engine.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/** The models and forms of this release, which its build has rehearsed. */
final class ReleaseFiles {

    private final Map<String, byte[]> shipped = new TreeMap<>();

    ReleaseFiles() {
        ResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
        try {
            for (String pattern : new String[] {"processes/*.bpmn", "processes/*.dmn", "forms/*.form"}) {
                for (Resource resource : resources.getResources("classpath:" + pattern)) {
                    shipped.put(resource.getFilename(), resource.getContentAsByteArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether all of these are as shipped, byte for byte. */
    boolean include(Map<String, byte[]> files) {
        return files.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), shipped.get(file.getKey())));
    }

    /** These files, completed with the shipped ones that are missing, whatever their file names. */
    Map<String, byte[]> completed(Map<String, byte[]> files) {
        Map<String, byte[]> complete = new TreeMap<>(files);
        shipped.forEach((name, content) -> {
            String id = name.substring(0, name.lastIndexOf('.'));
            boolean given = files.containsKey(name)
                    || files.values().stream()
                            .map(file -> new String(file, StandardCharsets.UTF_8))
                            .anyMatch(file -> names(file, id));
            if (!given) {
                complete.put(name, content);
            }
        });
        return complete;
    }

    private static boolean names(String file, String id) {
        return Stream.of("id=\"" + id + "\"", "\"id\": \"" + id + "\"", "\"id\":\"" + id + "\"")
                .anyMatch(file::contains);
    }
}
