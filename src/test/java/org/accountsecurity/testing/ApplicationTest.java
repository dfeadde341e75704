package org.accountsecurity.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.accountsecurity.AccountSecurityApplication;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole application on a {@link TestDatabase}, its clock standing still, its job executor off, and the demo shop as
 * new before each test. All tests share one context: two would clash on the engine's name.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {AccountSecurityApplication.class, TestConfiguration.class})
@ContextConfiguration(initializers = TestDatabase.class)
@ActiveProfiles({"demo", "test"})
@ExtendWith({RunningTest.class, FreshDemoShop.class, ReadableTexts.class})
public @interface ApplicationTest {}
