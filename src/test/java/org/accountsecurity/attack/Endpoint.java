package org.accountsecurity.attack;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A method and a path that a REST resource declares, placeholders filled. */
record Endpoint(String method, String path) implements Comparable<Endpoint> {

    private static final int DEPTH = 8;
    private static final String ID = "11111111-2222-3333-4444-555555555555";

    @Override
    public int compareTo(Endpoint other) {
        return toString().compareTo(other.toString());
    }

    /** Everything that a resource and those below it declare. */
    static Set<Endpoint> of(Class<?> resource, String root) {
        Set<Endpoint> endpoints = new TreeSet<>();
        path(resource).ifPresent(path -> walk(resource, root + "/" + path, 0, endpoints));
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
