package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.core.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.accountsecurity.engine.webapp.TasklistRecording;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Everything that the webapp's REST resources declare, called by nobody and by a holder. */
@Tag("slow")
class DefaultDenySweepTest extends JourneyTest {

    @Autowired
    ServletContext servlets;

    @Test
    @DisplayName("whatever is not on the list of what Tasklist calls is closed")
    void whateverIsNotOnTheListIsClosed() throws ReflectiveOperationException {
        Set<Endpoint> endpoints = endpoints();
        assertThat(endpoints).as("endpoints of the running webapp").hasSizeGreaterThan(300);
        Visitor nobody = new Visitor(port);
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        Snapshot before = Snapshot.of(jdbc);
        TasklistRecording allowed = new TasklistRecording();
        List<String> open = new ArrayList<>();

        for (Endpoint endpoint : endpoints) {
            int anonymous =
                    nobody.send(endpoint.method(), endpoint.path(), List.of()).status();
            if (anonymous != 401) {
                open.add("to nobody: " + anonymous + " " + endpoint);
            }
            int answered =
                    holder.send(endpoint.method(), endpoint.path(), List.of()).status();
            if (answered != 401 && answered != 403 && answered != 404) {
                allowed.add(endpoint.method(), "http://localhost" + endpoint.path());
            }
        }

        assertThat(holder.loggedIn()).as("the holder was logged in to the end").isTrue();
        assertThat(open).isEmpty();
        assertThat(allowed.notAllowed()).isEmpty();
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    /** Methods and paths of all JAX-RS applications that the servlet container runs, placeholders filled. */
    private Set<Endpoint> endpoints() throws ReflectiveOperationException {
        Set<Endpoint> endpoints = new TreeSet<>();
        for (ServletRegistration servlet : servlets.getServletRegistrations().values()) {
            String application = servlet.getInitParameter("jakarta.ws.rs.Application");
            if (application == null) {
                continue;
            }
            Application resources = (Application)
                    Class.forName(application).getDeclaredConstructor().newInstance();
            for (String mapping : servlet.getMappings()) {
                String root = mapping.replaceAll("/\\*$", "");
                for (Class<?> resource : resources.getClasses()) {
                    endpoints.addAll(Endpoint.of(resource, root));
                }
            }
        }
        return endpoints;
    }
}
