package org.accountsecurity.engine.rest;

import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;

/** One resource, with the engine's own way of reading requests and telling failures; Jersey makes it by name. */
public class ModelerApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(CamundaRestResources.getConfigurationClasses());
        classes.add(ModelerResource.class);
        return classes;
    }
}
