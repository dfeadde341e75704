package org.accountsecurity.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

class WorkingDaysTest {

    private static final Resource OF_2026 = new ClassPathResource("working-days-2026.csv", WorkingDays.class);

    private final WorkingDays only2026 = workingDays(OF_2026);

    @ParameterizedTest(name = "{1} after {0}: {2}")
    @DisplayName("a period begins the day after its start and ends with its last working day")
    @CsvSource({
        // ordinary weeks
        "2026-03-02,  0, 2026-03-02",
        "2026-03-02,  1, 2026-03-03",
        "2026-03-06,  1, 2026-03-09",
        "2026-03-07,  1, 2026-03-09",
        "2026-03-08,  5, 2026-03-13",
        "2026-03-02, 15, 2026-03-23",
        "2026-11-24, 15, 2026-12-15",
        "2026-11-26, 15, 2026-12-17",
        // 元旦
        "2026-01-01,  1, 2026-01-04",
        "2026-01-02,  2, 2026-01-05",
        // 春节
        "2026-02-13,  1, 2026-02-14",
        "2026-02-13,  2, 2026-02-24",
        "2026-02-13,  6, 2026-02-28",
        "2026-02-13, 15, 2026-03-12",
        "2026-02-27,  1, 2026-02-28",
        "2026-02-27,  2, 2026-03-02",
        // 清明节
        "2026-04-03,  1, 2026-04-07",
        // 劳动节
        "2026-04-30,  4, 2026-05-09",
        "2026-04-30,  5, 2026-05-11",
        // 端午节
        "2026-06-18,  1, 2026-06-22",
        // 中秋节, 国庆节
        "2026-09-18,  1, 2026-09-20",
        "2026-09-18,  2, 2026-09-21",
        "2026-09-24,  1, 2026-09-28",
        "2026-09-24,  4, 2026-10-08",
        "2026-09-10, 15, 2026-10-08",
        "2026-09-30,  3, 2026-10-10",
        "2026-09-30,  4, 2026-10-12"
    })
    void aPeriodEndsWithItsLastWorkingDay(LocalDate start, int workingDays, LocalDate end) {
        assertThat(only2026.after(start, workingDays)).isEqualTo(new Deadline(end, true));
    }

    @ParameterizedTest(name = "{1} after {0}: {2}")
    @DisplayName("every day of a missing year counts, and of the two weeks before it, and the deadline says so")
    @CsvSource({
        "2026-12-17,  1, 2026-12-18",
        "2026-12-18,  2, 2026-12-20",
        "2026-12-28, 15, 2027-01-12",
        "2027-02-10,  5, 2027-02-15",
        "2025-12-30,  3, 2026-01-05"
    })
    void everyDayOfAMissingYearCounts(LocalDate start, int workingDays, LocalDate end) {
        assertThat(only2026.after(start, workingDays)).isEqualTo(new Deadline(end, false));
    }

    @ParameterizedTest(name = "{1} after {0}: {2}")
    @DisplayName("the calendar of the next year rules the end of this one")
    @CsvSource({
        "2026-12-18, 2, 2026-12-22",
        "2026-12-25, 1, 2026-12-27",
        "2026-12-30, 1, 2027-01-04",
        "2026-12-28, 2, 2026-12-30"
    })
    void theCalendarOfTheNextYearRulesTheEndOfThisOne(LocalDate start, int workingDays, LocalDate end) {
        WorkingDays both = workingDays(
                OF_2026,
                calendar("2026-12-27,WORK", "2026-12-31,OFF", "2027-01-01,OFF", "2027-01-02,OFF", "2027-01-03,OFF"));

        assertThat(both.after(start, workingDays)).isEqualTo(new Deadline(end, true));
    }

    @ParameterizedTest(name = "before {0}: {1} and {2}")
    @DisplayName("a warning comes five and two working days before")
    @CsvSource({
        "2026-03-23, 2026-03-16, 2026-03-19",
        "2026-12-17, 2026-12-10, 2026-12-15",
        "2026-02-24, 2026-02-10, 2026-02-13",
        "2026-02-28, 2026-02-14, 2026-02-26",
        "2026-03-02, 2026-02-24, 2026-02-27",
        "2026-05-11, 2026-04-30, 2026-05-08",
        "2026-09-22, 2026-09-16, 2026-09-20",
        "2026-10-08, 2026-09-23, 2026-09-29",
        "2026-10-12, 2026-09-29, 2026-10-09"
    })
    void aWarningComesFiveAndTwoWorkingDaysBefore(LocalDate day, LocalDate five, LocalDate two) {
        assertThat(only2026.before(day, 5)).isEqualTo(five);
        assertThat(only2026.before(day, 2)).isEqualTo(two);
    }

    @ParameterizedTest(name = "before {0}: {1} and {2}")
    @DisplayName("no day of a missing year counts towards a warning, up to the longest break")
    @CsvSource({
        "2026-12-21, 2026-12-11, 2026-12-16",
        "2027-01-04, 2026-12-11, 2026-12-17",
        "2027-01-12, 2026-12-19, 2026-12-25",
        "2027-06-30, 2027-06-06, 2027-06-12"
    })
    void noDayOfAMissingYearCountsTowardsAWarning(LocalDate day, LocalDate five, LocalDate two) {
        assertThat(only2026.before(day, 5)).isEqualTo(five);
        assertThat(only2026.before(day, 2)).isEqualTo(two);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    @DisplayName("without next year's calendar no deadline and no warning is later than with it")
    void withoutACalendarNothingIsLaterThanWithIt(long seed) {
        Random random = new Random(seed);
        WorkingDays complete =
                workingDays(OF_2026, plausible(2027, random), plausible(2028, random), plausible(2029, random));

        for (int i = 0; i < 500; i++) {
            LocalDate day = LocalDate.of(2026, 11, 1).plusDays(random.nextInt(700));
            int count = 1 + random.nextInt(30);
            String example = "seed " + seed + ", " + count + " from " + day;

            Deadline deadline = complete.after(day, count);
            assertThat(deadline.calendarComplete()).as(example).isTrue();
            assertThat(only2026.after(day, count).day()).as(example).isBeforeOrEqualTo(deadline.day());
            assertThat(only2026.before(day, count)).as(example).isBeforeOrEqualTo(complete.before(day, count));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    @DisplayName("a warning leaves the working days it promises")
    void aWarningLeavesTheWorkingDaysItPromises(long seed) {
        Random random = new Random(seed);
        WorkingDays complete = workingDays(OF_2026, plausible(2027, random));

        for (int i = 0; i < 500; i++) {
            LocalDate start = LocalDate.of(2026, 2, 1).plusDays(random.nextInt(600));
            int count = 1 + random.nextInt(30);

            LocalDate end = complete.after(start, count).day();

            assertThat(complete.after(complete.before(end, count), count).day())
                    .as("seed %d, %d from %s", seed, count, start)
                    .isEqualTo(end);
        }
    }

    @Test
    @DisplayName("without any calendar every day counts")
    void withoutAnyCalendarEveryDayCounts() {
        WorkingDays none = workingDays(calendar("# 2026 is to come"));

        assertThat(none.after(LocalDate.of(2026, 3, 6), 5)).isEqualTo(new Deadline(LocalDate.of(2026, 3, 11), false));
        assertThat(none.before(LocalDate.of(2026, 3, 31), 5)).isEqualTo(LocalDate.of(2026, 3, 7));
    }

    @ParameterizedTest
    @DisplayName("a calendar with a slip of the pen is refused")
    @ValueSource(strings = {"2026-02-30,OFF", "2026-10-01,off", "2026-10-01", "2026-01-01,WORK"})
    void aCalendarWithASlipIsRefused(String line) {
        assertThatThrownBy(() -> workingDays(OF_2026, calendar(line))).isInstanceOf(RuntimeException.class);
    }

    @Test
    @DisplayName("the application reads every calendar it ships")
    void theApplicationReadsEveryCalendarItShips() {
        try (var context = new AnnotationConfigApplicationContext(WorkingDays.class)) {
            WorkingDays shipped = context.getBean(WorkingDays.class);

            assertThat(shipped.after(LocalDate.of(2026, 9, 30), 4))
                    .isEqualTo(new Deadline(LocalDate.of(2026, 10, 12), true));
        }
    }

    private static WorkingDays workingDays(Resource... calendars) {
        try {
            return new WorkingDays(calendars);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Resource calendar(String... lines) {
        return new ByteArrayResource(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** The seven holidays about when they fall, as long as they have been, and up to two weekend days worked for each. */
    private static Resource plausible(int year, Random random) {
        Map<LocalDate, String> days = new TreeMap<>();
        holiday(days, LocalDate.of(year, 1, 1).minusDays(random.nextInt(3)), 3, random);
        holiday(days, LocalDate.of(year, 1, 20).plusDays(random.nextInt(32)), 8 + random.nextInt(3), random);
        holiday(days, LocalDate.of(year, 4, 3).plusDays(random.nextInt(3)), 3, random);
        holiday(days, LocalDate.of(year, 5, 1), 5, random);
        holiday(days, LocalDate.of(year, 5, 27).plusDays(random.nextInt(30)), 3, random);
        holiday(days, LocalDate.of(year, 9, 7).plusDays(random.nextInt(30)), 3, random);
        holiday(days, LocalDate.of(year, 10, 1), 7 + random.nextInt(2), random);
        return calendar(days.entrySet().stream()
                .map(day -> day.getKey() + "," + day.getValue())
                .toArray(String[]::new));
    }

    private static void holiday(Map<LocalDate, String> days, LocalDate first, int length, Random random) {
        for (int i = 0; i < length; i++) {
            days.put(first.plusDays(i), "OFF");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            LocalDate worked = first.plusDays(random.nextInt(length + 22) - 11);
            if (worked.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0) {
                days.putIfAbsent(worked, "WORK");
            }
        }
    }
}
