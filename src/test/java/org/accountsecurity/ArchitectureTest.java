package org.accountsecurity;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** Arrows between packages go one way. */
@AnalyzeClasses(packages = "org.accountsecurity", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.accountsecurity.";
    private static final String DEREGISTRATION = ROOT + "deregistration..";
    private static final String PHONE_UNBINDING = ROOT + "phoneunbinding..";
    private static final String VERIFICATION = ROOT + "verification..";
    private static final String REQUEST = ROOT + "request..";
    private static final String SHOP = ROOT + "shop..";
    private static final String NOTIFICATION = ROOT + "notification..";
    private static final String ENGINE = ROOT + "engine..";
    private static final String WATCHING = ROOT + "watching..";
    private static final String TEXT = ROOT + "text..";

    @ArchTest
    static final ArchRule THE_TWO_PROCESSES_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(DEREGISTRATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PHONE_UNBINDING, ENGINE);

    @ArchTest
    static final ArchRule NOR_THE_OTHER_WAY_ROUND = noClasses()
            .that()
            .resideInAPackage(PHONE_UNBINDING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DEREGISTRATION, ENGINE);

    @ArchTest
    static final ArchRule VERIFICATION_KNOWS_NOBODY_WHO_CALLS_IT = noClasses()
            .that()
            .resideInAPackage(VERIFICATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DEREGISTRATION, PHONE_UNBINDING, ENGINE);

    @ArchTest
    static final ArchRule SHOP_NOTIFICATION_AND_REQUEST_USE_NOBODY = classes()
            .that()
            .resideInAnyPackage(SHOP, NOTIFICATION, REQUEST)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    SHOP,
                    NOTIFICATION,
                    REQUEST,
                    TEXT,
                    "java..",
                    "jakarta..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "org.slf4j..",
                    "org.springframework..",
                    "com.google.i18n.phonenumbers..",
                    "io.github.resilience4j..",
                    "tools.jackson.."));

    @ArchTest
    static final ArchRule SHOP_AND_NOTIFICATION_ARE_STRANGERS =
            slices().matching(ROOT + "(shop|notification|request)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_PROCESS_AND_OF_THE_SHOP_ONLY_THE_ACCOUNTS = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(DEREGISTRATION, PHONE_UNBINDING, VERIFICATION, NOTIFICATION, SHOP)
                    .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "are not the accounts",
                            type -> !type.getSimpleName().startsWith("Account")
                                    && !type.getSimpleName().equals("PhoneChanged"))));

    @ArchTest
    static final ArchRule NOBODY_KNOWS_WHO_WATCHES = noClasses()
            .that()
            .resideOutsideOfPackage(WATCHING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WATCHING, "io.micrometer..", "io.prometheus..", "org.springframework.boot.health..");

    @ArchTest
    static final ArchRule NOTHING_GOES_ROUND_IN_CIRCLES =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule DELEGATES_ARE_NAMED_SO_AND_HIDDEN = classes()
            .that()
            .implement(JavaDelegate.class)
            .should()
            .haveSimpleNameEndingWith("Delegate")
            .andShould()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule ONLY_DELEGATES_TOUCH_AN_EXECUTION = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Delegate")
            .and()
            .haveSimpleNameNotEndingWith("Listener")
            .and()
            .haveSimpleNameNotEndingWith("Process")
            .and()
            .resideOutsideOfPackage(ENGINE)
            .and()
            .doNotHaveSimpleName("ChannelOptions")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.camunda.bpm.engine.delegate.DelegateExecution");

    @ArchTest
    static final ArchRule TIME_IS_INJECTED = noClasses()
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(Date.class);
}
