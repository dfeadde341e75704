package org.accountsecurity.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentationTest {

    private static final int FIRST_PAGE = 8 * 1024;

    private static Project project;

    @BeforeAll
    static void readTheProject() throws IOException {
        project = new Project();
    }

    @Test
    @DisplayName("every link, picture, class, element, setting, file and command that a page names is there")
    void whatAPageNamesIsThere() {
        Claims claims = new Claims(project);

        assertThat(project.pages()).hasSizeGreaterThan(50);
        assertThat(project.pages().stream().flatMap(page -> claims.unfounded(page).stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [tour](docs/tuor.md) | link docs/tuor.md
                    [gone](docs/tour.md#run-from-it) | link docs/tour.md#run-from-it
                    ![gone](docs/images/gone.png) | link docs/images/gone.png
                    <img src="docs/images/gone.png" width="10"> | link docs/images/gone.png
                    `GoneDelegate` | class GoneDelegate
                    `HolderMesages` | class HolderMesages
                    `AccountClosing.reopen` | member AccountClosing.reopen
                    `UserTask_Gone` | element UserTask_Gone
                    `account-security.gone` | setting account-security.gone
                    `account-security.sms.gateways[0].gone` | setting account-security.sms.gateways[0].gone
                    `engine.gone` | package engine.gone
                    `docs/gone` | file docs/gone
                    `Gone.java` | file Gone.java
                    `processes/*.gone.bpmn` | file processes/*.gone.bpmn
                    """)
    @DisplayName("what is not there is found")
    void whatIsNotThereIsFound(String text, String found) {
        assertThat(new Claims(project).unfounded(new Page(Path.of("README.md"), text)))
                .containsExactly("README.md: " + found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvn test -Dtest=GoneTest",
                "mvn verify -Dit.test=GoneIT",
                "mvn spring-boot:run -Dspring-boot.run.main-class=org.accountsecurity.Gone",
                "ACCOUNT_SECURITY_GONE=1",
                ".ci/gone"
            })
    @DisplayName("a command that names what is not there is found")
    void aCommandThatNamesWhatIsNotThereIsFound(String command) {
        assertThat(new Claims(project).unfounded(new Page(Path.of("README.md"), "```\n" + command + "\n```\n")))
                .hasSize(1);
    }

    @Test
    @DisplayName("a page has the same headings in both languages")
    void aPageHasTheSameHeadingsInBothLanguages() {
        List<Page> chinese = project.pages().stream()
                .filter(page -> page.path().toString().endsWith(".zh-CN.md"))
                .toList();

        assertThat(chinese).hasSizeGreaterThan(25);
        assertThat(chinese.stream()
                        .filter(page ->
                                !page.outline().equals(Page.read(english(page)).outline()))
                        .map(Page::path))
                .isEmpty();
        assertThat(new Page(Path.of("a.md"), "# 1\n\n## 1.1\n\n```\n# no heading\n```\n").outline())
                .containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    @DisplayName("the first page is a short one")
    void theFirstPageIsAShortOne(String page) throws IOException {
        assertThat(Files.size(Path.of(page))).isLessThanOrEqualTo(FIRST_PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "docs/architecture.zh-CN.md"})
    @DisplayName("the map of rooms has each package once")
    void theMapOfRoomsHasEachPackageOnce(String page) {
        String rooms = Page.read(Path.of(page)).text().split("(?m)^## ")[1];

        assertThat(rooms.lines()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(3, line.indexOf('`', 3)))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(project.packages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "docs/architecture.zh-CN.md"})
    @DisplayName("the way from an element to its class and test is there for each task of the system")
    void theWayIsThereForEachTaskOfTheSystem(String page) {
        assertThat(Page.read(Path.of(page)).codes()).containsAll(project.systemTasks());
    }

    private static Path english(Page page) {
        return page.path().resolveSibling(page.path().getFileName().toString().replace(".zh-CN", ""));
    }
}
