package org.accountsecurity;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.text.Collator;
import java.text.DateFormat;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Date;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.accountsecurity.engine.rest.ModelerResource;
import org.accountsecurity.obligation.RequestEnding;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.time.EngineZone;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Arrows between packages go one way. */
@AnalyzeClasses(packages = "org.accountsecurity", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.accountsecurity.";
    private static final String DEREGISTRATION = ROOT + "deregistration..";
    private static final String PHONE_UNBINDING = ROOT + "phoneunbinding..";
    private static final String VERIFICATION = ROOT + "verification..";
    private static final String REQUEST = ROOT + "request..";
    private static final String SHOP = ROOT + "shop..";
    private static final String GATEWAY = ROOT + "gateway..";
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
    static final ArchRule SHOP_GATEWAY_AND_REQUEST_USE_NOBODY = classes()
            .that()
            .resideInAnyPackage(SHOP, GATEWAY, REQUEST)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    SHOP,
                    GATEWAY,
                    REQUEST,
                    ROOT + "http..",
                    ROOT + "settings..",
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
    static final ArchRule SHOP_AND_GATEWAY_ARE_STRANGERS =
            slices().matching(ROOT + "(shop|gateway|request)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_PROCESS_AND_OF_THE_SHOP_ONLY_THE_ACCOUNTS = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(DEREGISTRATION, PHONE_UNBINDING, VERIFICATION, GATEWAY, SHOP)
                    .and(describe(
                            "are not the accounts",
                            type -> !type.getSimpleName().startsWith("Account")
                                    && !type.getSimpleName().equals("MembershipLevel")
                                    && !type.getSimpleName().equals("PhoneChanged")
                                    && !type.getSimpleName().equals("ShopUnavailableException"))));

    @ArchTest
    static final ArchRule ONLY_A_SUBMISSION_SAYS_SOMETHING_FOR_A_HOLDER = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "engine.form..")
            // the button beside the request, which can only take back
            .and()
            .areNotAssignableTo(RequestEnding.class)
            .should()
            .callMethodWhere(describe(
                    "adds an answer",
                    call -> call.getTargetOwner().isEquivalentTo(HolderAnswers.class)
                            && call.getName().equals("add")));

    /** Jackson 3, as Spring Boot's; constructors of Camunda's REST interface take a mapper of Jackson 2. */
    @ArchTest
    static final ArchRule ONE_JSON_LIBRARY = noClasses()
            .that()
            .areNotAssignableTo(ModelerResource.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_WHO_WATCHES = noClasses()
            .that()
            .resideOutsideOfPackage(WATCHING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WATCHING, "io.micrometer..", "io.prometheus..", "org.springframework.boot.health..");

    @ArchTest
    static final ArchRule NO_ROOMS_GO_ROUND_IN_CIRCLES =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOR_DO_PACKAGES_AT_ANY_DEPTH =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

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

    /** By owner and name; of all that have a sibling with a locale, zone or charset those without one. */
    private static final Map<Class<?>, Set<String>> BY_DEFAULT = Map.ofEntries(
            entry(Locale.class, Set.of("getDefault")),
            entry(ZoneId.class, Set.of("systemDefault")),
            entry(TimeZone.class, Set.of("getDefault", "setDefault")),
            entry(Charset.class, Set.of("defaultCharset")),
            entry(String.class, Set.of("format", "formatted", "toLowerCase", "toUpperCase", "getBytes", "<init>")),
            entry(DateTimeFormatter.class, Set.of("ofPattern", "ofLocalizedDate", "ofLocalizedTime")),
            entry(DateTimeFormatterBuilder.class, Set.of("toFormatter")),
            entry(SimpleDateFormat.class, Set.of("<init>")),
            entry(DecimalFormat.class, Set.of("<init>")),
            entry(MessageFormat.class, Set.of("<init>", "format")),
            entry(
                    NumberFormat.class,
                    Set.of("getInstance", "getNumberInstance", "getIntegerInstance", "getPercentInstance")),
            entry(DateFormat.class, Set.of("getInstance", "getDateInstance", "getDateTimeInstance", "getTimeInstance")),
            entry(Collator.class, Set.of("getInstance")),
            entry(BreakIterator.class, Set.of("getCharacterInstance", "getWordInstance", "getLineInstance")),
            entry(Formatter.class, Set.of("<init>", "format")),
            entry(Scanner.class, Set.of("<init>")),
            entry(PrintStream.class, Set.of("printf", "format", "<init>")),
            entry(PrintWriter.class, Set.of("printf", "format", "<init>")),
            entry(InputStreamReader.class, Set.of("<init>")),
            entry(OutputStreamWriter.class, Set.of("<init>")),
            entry(FileReader.class, Set.of("<init>")),
            entry(FileWriter.class, Set.of("<init>")),
            entry(ByteArrayOutputStream.class, Set.of("toString")),
            entry(URLEncoder.class, Set.of("encode")),
            entry(URLDecoder.class, Set.of("decode")));

    private static final Set<Class<?>> SAY_WHICH = Set.of(Locale.class, Charset.class, CharsetDecoder.class);

    private static final DescribedPredicate<JavaAccess<?>> BY_THE_MACHINE = describe(
            "does as the machine's locale, zone or charset says",
            access -> access.getTarget() instanceof CodeUnitAccessTarget target
                    && BY_DEFAULT.entrySet().stream()
                            .anyMatch(owner -> target.getOwner().isEquivalentTo(owner.getKey())
                                    && owner.getValue().contains(target.getName()))
                    && !saysWhich(target));

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_WHERE_THE_SERVER_STANDS =
            noClasses().that().areNotAssignableTo(EngineZone.class).should().accessTargetWhere(BY_THE_MACHINE);

    @Test
    @DisplayName("each way to do as the machine says is found, by a call, a reference or a constructor")
    void eachWayIsFound() {
        JavaClass careless = new ClassFileImporter().importClass(Careless.class);

        assertThat(careless.getAccessesFromSelf().stream().filter(BY_THE_MACHINE))
                .hasSize(7);
    }

    /** What nobody may write, and beside it what everybody may. */
    private static final class Careless {

        static final List<Object> WRONG = List.of(
                String.format("%d", 1),
                "%d".formatted(1),
                DateTimeFormatter.ofPattern("HH:mm"),
                (UnaryOperator<String>) String::toLowerCase,
                new DecimalFormat("0"),
                ZoneId.systemDefault(),
                "".getBytes());
        static final List<Object> RIGHT = List.of(
                String.format(Locale.ROOT, "%d", 1),
                DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT),
                "".toUpperCase(Locale.ROOT),
                "".getBytes(StandardCharsets.UTF_8),
                new String(new char[0]));
    }

    /** A locale or charset among the arguments; a text that is made of characters needs none. */
    private static boolean saysWhich(CodeUnitAccessTarget target) {
        List<JavaClass> arguments = target.getRawParameterTypes();
        boolean ofCharacters = target.getName().equals("<init>")
                && target.getOwner().isEquivalentTo(String.class)
                && arguments.stream().noneMatch(type -> type.isEquivalentTo(byte[].class));
        return ofCharacters
                || arguments.stream().anyMatch(type -> SAY_WHICH.stream().anyMatch(type::isEquivalentTo));
    }
}
