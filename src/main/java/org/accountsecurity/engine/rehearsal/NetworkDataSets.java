package org.accountsecurity.engine.rehearsal;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/** The data sets that the shop has over the network: of their settings a rehearsal gets the names. */
public final class NetworkDataSets {

    private NetworkDataSets() {}

    /** Their names, with an asterisk those that can keep records without anything that leads to the holder. */
    public static List<String> in(Environment environment) {
        Bindable<List<Map<String, String>>> blocks = Bindable.of(ResolvableType.forClassWithGenerics(
                List.class, ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));
        return Binder.get(environment).bind("account-security.data-sets", blocks).orElse(List.of()).stream()
                .filter(block -> block.get("name") != null)
                .map(block -> block.get("name") + (Boolean.parseBoolean(block.get("anonymises")) ? "*" : ""))
                .toList();
    }
}
