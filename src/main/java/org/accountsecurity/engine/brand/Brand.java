package org.accountsecurity.engine.brand;

/**
 * The names by which this engine and its webapp differ from their forks; those of settings are in {@code application.yaml},
 * too.
 */
public final class Brand {

    /** The path of the webapp. */
    public static final String WEBAPP = "/camunda";
    /** The folder of the webapp's files on the class path. */
    public static final String WEBJAR = "META-INF/resources/webjars/camunda/";

    /** The group whose members the webapp takes for administrators. */
    public static final String ADMINISTRATORS = "camunda-admin";

    /** The prefix of the engine's settings. */
    public static final String SETTINGS = "camunda.bpm";

    /** The namespaces of the engine's attributes in diagrams and in decision tables. */
    public static final String BPMN_EXTENSIONS = "http://camunda.org/schema/1.0/bpmn";

    public static final String DMN_EXTENSIONS = "http://camunda.org/schema/1.0/dmn";
    /** The namespace of what Modeler notes for itself. */
    public static final String MODELER = "http://camunda.org/schema/modeler/1.0";

    /** The newest {@code schemaVersion} that Tasklist shows: that of form-js 1.8.7. */
    public static final int FORM_SCHEMA = 16;

    private Brand() {}
}
