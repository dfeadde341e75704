package org.accountsecurity.docs;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/** What there is for a page to name: files, classes, elements of diagrams, settings. */
class Project {

    private static final Path MAIN = Path.of("src/main/java/org/accountsecurity");
    private static final Path TEST = Path.of("src/test/java/org/accountsecurity");
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path WEBAPP = RESOURCES.resolve("META-INF/resources/webjars/camunda/app");
    private static final Set<String> NOT_OURS = Set.of("target", "data", ".git", "node_modules");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(account-security[.a-z0-9-]+)");
    private static final Pattern WHOLE_LITERAL = Pattern.compile("\"(account-security(?:\\.[a-z0-9-]+)+)\"");
    private static final Pattern ELEMENT = Pattern.compile("<bpmn:\\w+ id=\"([A-Z]\\w+_\\w+)\"");
    private static final Pattern PREFIX = Pattern.compile("String PREFIX = \"(account-security[^\"]*)\"");

    private final List<Path> files;
    private final Map<String, String> sources = new HashMap<>();
    private final Set<String> packages = new TreeSet<>();
    private final Set<String> elements = new TreeSet<>();
    private final Set<String> settings = new TreeSet<>();

    Project() throws IOException {
        files = walk(Path.of("."));
        for (Path file : files) {
            if (file.toString().endsWith(".java")) {
                source(file);
            } else if (file.startsWith("processes")) {
                find(ELEMENT, Files.readString(file), elements);
            }
        }
        find(PLACEHOLDER, Files.readString(RESOURCES.resolve("application.yaml")), settings);
        yaml().stringPropertyNames().stream()
                .filter(key -> key.startsWith("account-security."))
                .forEach(settings::add);
    }

    List<Page> pages() {
        return files.stream()
                .filter(file -> file.toString().endsWith(".md") && !file.startsWith("src"))
                .map(Page::read)
                .toList();
    }

    /** The packages below the root, by the end of their names. */
    Set<String> packages() {
        return packages;
    }

    /** The elements of all diagrams that a delegate or a table does. */
    List<String> systemTasks() {
        return elements.stream()
                .filter(id -> id.matches("(?:Service|Send|BusinessRule)Task_.*"))
                .toList();
    }

    boolean hasElement(String id) {
        return elements.contains(id);
    }

    boolean hasClass(String name) {
        return sources.containsKey(name);
    }

    /** Whether the class has a method, field, constant or nested type of that name. */
    boolean hasMember(String name, String member) {
        return Pattern.compile("\\b" + Pattern.quote(member) + "\\b")
                .matcher(sources.get(name))
                .find();
    }

    /** Whether there is such a setting, or one below it. */
    boolean hasSetting(String name) {
        String plain = name.replaceAll("\\[\\w*]", "");
        return settings.stream()
                .anyMatch(setting -> setting.equals(plain)
                        || setting.startsWith(plain + ".")
                        || setting.endsWith("*") && plain.startsWith(setting.replace("*", "")));
    }

    /** Whether an environment variable sets something. */
    boolean hasVariable(String name) {
        return settings.stream()
                .anyMatch(setting -> setting.replace('-', '_')
                        .replace('.', '_')
                        .toUpperCase(Locale.ROOT)
                        .equals(name));
    }

    /** A file or folder by its path, by the end of it, or by its name alone; {@code *} stands for some of a name. */
    boolean hasFile(Page page, String name) {
        Path folder = page.path().toAbsolutePath().getParent();
        if (Stream.of(Path.of("."), folder, RESOURCES, WEBAPP, MAIN, TEST)
                .anyMatch(root ->
                        !name.contains("*") && Files.exists(root.resolve(name).normalize()))) {
            return true;
        }
        Pattern pattern = Pattern.compile("(?:.*/)?" + Pattern.quote(name).replace("*", "\\E[^/]*\\Q"));
        return files.stream().anyMatch(file -> pattern.matcher(file.toString()).matches());
    }

    private void source(Path file) throws IOException {
        String text = Files.readString(file);
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, text, String::concat);
        if (file.startsWith(MAIN)) {
            if (file.getNameCount() > MAIN.getNameCount() + 1) {
                packages.add(MAIN.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."));
            }
            find(PLACEHOLDER, text, settings);
            find(WHOLE_LITERAL, text, settings);
            Matcher prefix = PREFIX.matcher(text);
            if (prefix.find()) {
                settingsOf(file, prefix.group(1));
            }
        }
    }

    private void settingsOf(Path file, String prefix) {
        String name = "org.accountsecurity."
                + MAIN.relativize(file).toString().replaceAll("[/\\\\]", ".").replace(".java", "");
        try {
            addParts(prefix, Class.forName(name, false, Project.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no class " + name, e);
        }
    }

    /** The parts of a record, those of records in it, and whatever is a key of a map in it. */
    private void addParts(String prefix, Class<?> type) {
        for (Field part : type.getDeclaredFields()) {
            if (Modifier.isStatic(part.getModifiers())) {
                continue;
            }
            String name =
                    prefix + "." + part.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            settings.add(name);
            String below = Map.class.isAssignableFrom(part.getType()) ? name + ".*" : name;
            settings.add(below);
            Stream.concat(Stream.of(part.getType()), elementsOf(part))
                    .filter(Class::isRecord)
                    .forEach(inner -> addParts(below, inner));
        }
    }

    private static Stream<Class<?>> elementsOf(Field part) {
        return part.getGenericType() instanceof ParameterizedType generic
                ? Stream.of(generic.getActualTypeArguments())
                        .filter(Class.class::isInstance)
                        .map(argument -> (Class<?>) argument)
                : Stream.empty();
    }

    private static Properties yaml() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource(RESOURCES.resolve("application.yaml")));
        return yaml.getObject();
    }

    private static void find(Pattern pattern, String text, Set<String> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }

    private static List<Path> walk(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (Files.isRegularFile(entry)) {
                    found.add(entry.normalize());
                } else if (!NOT_OURS.contains(entry.getFileName().toString())) {
                    found.addAll(walk(entry));
                }
            }
        }
        return found;
    }
}
