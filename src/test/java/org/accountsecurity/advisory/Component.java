package org.accountsecurity.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A library that the application is delivered with: group and artifact, and version. */
record Component(String packageName, String version) {

    private static final String BILL_OF_MATERIALS = "/META-INF/sbom/application.cdx.json";
    private static final Pattern PURL = Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+).*");

    String purl() {
        return "pkg:maven/" + packageName.replace(':', '/') + "@" + version;
    }

    /** Those of the bill of materials that the build has written. */
    static List<Component> delivered() throws IOException {
        try (InputStream bill = Component.class.getResourceAsStream(BILL_OF_MATERIALS)) {
            if (bill == null) {
                throw new IOException("There is no bill of materials: Maven writes it unless it is offline (-o)");
            }
            return StreamSupport.stream(
                            new ObjectMapper().readTree(bill).path("components").spliterator(), false)
                    .map(Component::of)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        }
    }

    private static Component of(JsonNode component) {
        Matcher purl = PURL.matcher(component.path("purl").asText());
        return purl.matches() ? new Component(purl.group(1) + ":" + purl.group(2), purl.group(3)) : null;
    }
}
