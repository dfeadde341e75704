package org.accountsecurity.testing;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Knows which test runs, in whatever thread it is asked. */
public class RunningTest implements BeforeEachCallback {

    /** The repetitions of a test are one test. */
    public record Name(String testClass, String sentence) {}

    private static volatile Name name = new Name("", "");

    @Override
    public void beforeEach(ExtensionContext test) {
        String sentence = AnnotationSupport.findAnnotation(test.getRequiredTestMethod(), DisplayName.class)
                .map(DisplayName::value)
                .orElse(test.getRequiredTestMethod().getName());
        name = new Name(test.getRequiredTestClass().getSimpleName(), sentence);
    }

    static Name name() {
        return name;
    }
}
