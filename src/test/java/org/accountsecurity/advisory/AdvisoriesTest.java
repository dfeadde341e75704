package org.accountsecurity.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is delivered, against what is known; both lists are in the repository, so that only a commit changes the answer. */
class AdvisoriesTest {

    private static final File EXCEPTIONS = new File("src/test/resources/advisories/exceptions.json");

    /** An advisory in spite of which a component is delivered. */
    private record Exception(
            String id, @JsonProperty("package") String packageName, String reason) {

        boolean covers(Advisory advisory) {
            return id.equals(advisory.id()) && packageName.equals(advisory.packageName());
        }
    }

    @Test
    @DisplayName("no component is delivered in a version with a known fault, but for exceptions with a reason")
    void noComponentHasAKnownFault() throws IOException {
        List<Exception> exceptions = exceptions();

        assertThat(findings())
                .filteredOn(finding -> exceptions.stream().noneMatch(exception -> exception.covers(finding)))
                .as("take a version with a fix, or say in %s why not", EXCEPTIONS)
                .isEmpty();
    }

    @Test
    @DisplayName("each exception has a reason and is still needed")
    void eachExceptionIsNeeded() throws IOException {
        List<Advisory> findings = findings();

        assertThat(exceptions()).isNotEmpty().allSatisfy(exception -> {
            assertThat(exception.reason()).isNotBlank();
            assertThat(findings).anyMatch(exception::covers);
        });
    }

    @Test
    @DisplayName("the bill of materials has what the application runs on")
    void theBillOfMaterialsHasWhatTheApplicationRunsOn() throws IOException {
        assertThat(Component.delivered())
                .hasSizeGreaterThan(100)
                .extracting(Component::packageName)
                .contains("org.camunda.bpm:camunda-engine", "org.apache.tomcat.embed:tomcat-embed-core")
                .doesNotContain("org.apache.tomcat.embed:tomcat-embed-websocket");
    }

    private static List<Advisory> findings() throws IOException {
        List<Component> delivered = Component.delivered();
        return KnownAdvisories.read(KnownAdvisories.LIST).advisories().stream()
                .filter(advisory -> delivered.stream().anyMatch(advisory::affects))
                .toList();
    }

    private static List<Exception> exceptions() throws IOException {
        return Stream.of(new ObjectMapper().readValue(EXCEPTIONS, Exception[].class))
                .toList();
    }
}
