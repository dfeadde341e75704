package org.accountsecurity.advisory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What is known to be wrong with some versions of a package; the source is {@code osv} or {@code hand}. */
record Advisory(
        String id, @JsonProperty("package") String packageName, List<String> versions, String summary, String source) {

    static final String OSV = "osv";

    boolean affects(Component component) {
        return packageName.equals(component.packageName()) && versions.contains(component.version());
    }

    boolean isSameAs(Advisory other) {
        return id.equals(other.id) && packageName.equals(other.packageName);
    }
}
