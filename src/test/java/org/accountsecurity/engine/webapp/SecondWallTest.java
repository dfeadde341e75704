package org.accountsecurity.engine.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.camunda.bpm.webapp.impl.security.filter.SecurityFilterRule;
import org.camunda.bpm.webapp.impl.security.filter.util.FilterRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webapp's own rules, as if nothing stood in front of them. */
class SecondWallTest {

    private List<SecurityFilterRule> rules;

    @BeforeEach
    void load() throws IOException {
        try (InputStream file =
                getClass().getResourceAsStream("/META-INF/resources/webjars/camunda/security-rules.json")) {
            rules = FilterRules.load(file, "");
        }
    }

    @ParameterizedTest
    @DisplayName("without a session nothing of the engine is open, however the path is spelled")
    @ValueSource(
            strings = {
                "/api/engine/engine/default/user",
                "/api/engine/engine;/default/user",
                "/api/engine/engine;a=b/default/task",
                "/api/engine;/engine/default/user",
                "/api/engine//engine/default/user",
                "/api/cockpit/plugin;/base/default/process-definition/statistics-count",
                "/api/admin/plugin;/adminPlugins/default/metrics/aggregated",
                "/api/tasklist;/plugin/tasklistPlugins/default/x",
                "/api/admin/setup/default/user/create",
                "/api/admin/setup;/default/user/create",
                "/api/admin/auth/user/default/login/tasklist",
                "/api/welcome/anything"
            })
    void withoutASessionNothingIsOpen(String path) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            assertThat(FilterRules.authorize(method, path, rules).isGranted())
                    .as(method)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @DisplayName("what the pages need before they know who asks is open")
    @ValueSource(
            strings = {
                "/api/engine/engine/",
                "/api/admin/auth/user/default",
                "/api/tasklist/plugin/tasklistPlugins/static/app/plugin.js",
                "/app/tasklist/scripts/config.js"
            })
    void whatThePagesNeedIsOpen(String path) {
        assertThat(FilterRules.authorize("GET", path, rules).isGranted()).isTrue();
    }
}
