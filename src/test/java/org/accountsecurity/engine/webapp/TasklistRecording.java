package org.accountsecurity.engine.webapp;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** What a browser really called, held against the list of what an account holder may call. */
public final class TasklistRecording {

    private final TasklistRequests allowed = new TasklistRequests();
    private final Set<String> used = new ConcurrentSkipListSet<>();
    private final Set<String> notAllowed = new ConcurrentSkipListSet<>();

    public void add(String method, String url) {
        URI uri = URI.create(url);
        if (uri.getRawPath().startsWith("/camunda/")) {
            allowed.find(method, uri.getRawPath(), uri.getRawQuery())
                    .ifPresentOrElse(used::add, () -> notAllowed.add(method + " " + uri.getRawPath()));
        }
    }

    /** Called, and not on the list. */
    public Set<String> notAllowed() {
        return notAllowed;
    }

    /** On the list, and never called. */
    public Set<String> unused() {
        Set<String> unused = TasklistRequests.lines().collect(Collectors.toCollection(TreeSet::new));
        unused.removeAll(used);
        return unused;
    }
}
