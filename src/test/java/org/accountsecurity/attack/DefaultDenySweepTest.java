package org.accountsecurity.attack;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Snapshot;
import org.accountsecurity.Visitor;
import org.accountsecurity.engine.webapp.TasklistRecording;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything that the webapp's REST resources declare, called by nobody and by a holder. */
@ApplicationTest
class DefaultDenySweepTest {

    private static final int DEPTH = 8;
    private static final String ID = "11111111-2222-3333-4444-555555555555";

    @LocalServerPort
    int port;

    @Autowired
    ServletContext servlets;

    @Autowired
    JdbcClient jdbc;

    private record Endpoint(String method, String path) implements Comparable<Endpoint> {

        @Override
        public int compareTo(Endpoint other) {
            return toString().compareTo(other.toString());
        }
    }

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
                    path(resource).ifPresent(path -> walk(resource, root + "/" + path, 0, endpoints));
                }
            }
        }
        return endpoints;
    }

    private static void walk(Class<?> resource, String path, int depth, Set<Endpoint> endpoints) {
        if (depth > DEPTH) {
            return;
        }
        for (Method method : resource.getMethods()) {
            List<Method> declarations = declarations(resource, method);
            String subPath = declarations.stream()
                    .map(declared -> declared.getAnnotation(Path.class))
                    .filter(Objects::nonNull)
                    .map(Path::value)
                    .findFirst()
                    .orElse("");
            Optional<String> verb = declarations.stream()
                    .flatMap(declared -> Arrays.stream(declared.getAnnotations()))
                    .map(Annotation::annotationType)
                    .map(type -> type.getAnnotation(HttpMethod.class))
                    .filter(Objects::nonNull)
                    .map(HttpMethod::value)
                    .findFirst();
            String whole = filled(path + "/" + subPath);
            if (verb.isPresent() && !whole.endsWith("/logout")) {
                endpoints.add(new Endpoint(verb.get(), whole));
            } else if (!subPath.isEmpty()) {
                walk(method.getReturnType(), whole, depth + 1, endpoints);
            }
        }
    }

    /** The method where it is annotated: in the class, or in what it inherits from. */
    private static List<Method> declarations(Class<?> resource, Method method) {
        return Stream.concat(
                        Stream.of(resource, resource.getSuperclass()).filter(Objects::nonNull),
                        Arrays.stream(resource.getInterfaces()))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(candidate -> candidate.getName().equals(method.getName())
                        && Arrays.equals(candidate.getParameterTypes(), method.getParameterTypes()))
                .toList();
    }

    private static Optional<String> path(Class<?> resource) {
        return Stream.concat(Stream.of(resource), Arrays.stream(resource.getInterfaces()))
                .map(type -> type.getAnnotation(Path.class))
                .filter(Objects::nonNull)
                .map(Path::value)
                .findFirst();
    }

    private static String filled(String path) {
        return path.replaceAll("\\{\\s*(name|\\w*[eE]ngine\\w*)\\s*(:[^{}]*)?}", "default")
                .replaceAll("\\{[^{}]*(\\{[^{}]*}[^{}]*)*}", ID)
                .replaceAll("/+", "/");
    }
}
