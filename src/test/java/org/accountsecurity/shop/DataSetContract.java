package org.accountsecurity.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.accountsecurity.shop.Erasure.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every data set must hold to: extend it for your own one. What is really held is asked of the shop's store and not
 * of the data set, so that one that says what it did not do is found out. Each test prepares accounts of its own; where
 * the store is a database, let the tests run in transactions that are rolled back, or begin afresh.
 */
public abstract class DataSetContract {

    private static final LocalDate LONG_AGO = LocalDate.of(2000, 1, 1);

    private final String request = UUID.randomUUID().toString();

    /** The data set; called again for each call that a restart may lie before. */
    protected abstract DataSet dataSet();

    /**
     * A new account that holds at least two records: more than one {@link DataSet#erase} takes, if you can afford it, and
     * open items, if the data set knows any.
     */
    protected abstract String accountWithRecords();

    /** A new account of which the data set holds nothing. */
    protected abstract String accountWithout();

    /** As the data set's row in {@code data-retention.dmn} says. */
    protected abstract Treatment treatment();

    /** How many records that lead to the account are in the shop's store. */
    protected abstract long recordsHeld(String accountId);

    /** How many records the holder's copy has; override it where that isn't one for each record, or where there is none. */
    protected long recordsExported(String accountId) {
        return recordsHeld(accountId);
    }

    /** Whether {@link DataSet#settle} settles such an item; false where that takes the holder or the staff. */
    protected boolean settles(OpenItem item) {
        return true;
    }

    /** How many calls may complete an erasure. */
    protected int mostCalls() {
        return 100;
    }

    /**
     * Tries to place an obligation, such as an order, as a customer would, and says whether the shop took it; override it
     * for a data set that can be held.
     */
    protected boolean takesObligation(String accountId) {
        return abort("the data set can't be held, or the test can't see it");
    }

    /** Whether {@link DataSet#purge} deletes what was retained; false where the shop does so by itself. */
    protected boolean purges() {
        return true;
    }

    @Test
    @DisplayName("the name is the kebab-case key of a row in data-retention.dmn")
    void theNameIsKebabCase() {
        assertThat(dataSet().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    }

    @Test
    @DisplayName("the preview counts what is held and changes nothing")
    void thePreviewCountsAndChangesNothing() {
        String account = accountWithRecords();
        long held = recordsHeld(account);
        assertThat(held).as("records prepared by the test").isGreaterThan(1);

        Preview preview = dataSet().preview(account, treatment());

        assertThat(preview.records()).isEqualTo(held);
        assertThat(dataSet().preview(account, treatment())).isEqualTo(preview);
        assertThat(recordsHeld(account)).isEqualTo(held);
        assertThat(dataSet().preview(accountWithout(), treatment())).isEqualTo(new Preview(0, null));
    }

    @Test
    @DisplayName("an erasure that says complete has erased")
    void anErasureThatSaysCompleteHasErased() {
        String account = accountWithRecords();

        Erasure erasure = eraseCompletely(account);

        assertThat(recordsHeld(account)).as("records held after complete").isZero();
        assertThat(erasure.outcome()).isNotEqualTo(Outcome.NOTHING_HELD);
        assertThat(dataSet().preview(account, treatment()).records()).isZero();
    }

    @Test
    @DisplayName("the outcome is what the preview announced and the treatment allows")
    void theOutcomeIsWhatWasAnnounced() {
        String account = accountWithRecords();
        Preview announced = dataSet().preview(account, treatment());

        Erasure erasure = eraseCompletely(account);

        assertThat(erasure.retainedUntil()).isEqualTo(announced.retainedUntil());
        if (!treatment().anonymise()) {
            assertThat(erasure.outcome()).isEqualTo(Outcome.ERASED);
        }
    }

    /**
     * Whether the data set writes in the transaction of its caller, so that no answer of its can be lost; then it need not
     * remember what it answered.
     */
    protected boolean inOneTransactionWithUs() {
        return false;
    }

    @Test
    @DisplayName("an erasure may be repeated, under its own request and under another")
    void anErasureMayBeRepeated() {
        String account = accountWithRecords();
        Erasure done = eraseCompletely(account);

        Erasure repeated = dataSet().erase(account, treatment(), request);
        Erasure another =
                dataSet().erase(account, treatment(), UUID.randomUUID().toString());

        Erasure again = new Erasure(done.outcome(), done.retainedUntil(), true);
        assertThat(repeated).isIn(inOneTransactionWithUs() ? List.of(again, nothingLeft()) : List.of(again));
        assertThat(another).isEqualTo(nothingLeft());
        assertThat(recordsHeld(account)).isZero();
        assertThat(dataSet().verifyErased(account)).isTrue();
    }

    @Test
    @DisplayName("an erasure that was interrupted after its first call is finished by later ones")
    void anInterruptedErasureIsFinished() {
        String account = accountWithRecords();
        Erasure first = dataSet().erase(account, treatment(), request);
        assertThat(dataSet().verifyErased(account)).as("after the first call").isEqualTo(recordsHeld(account) == 0);
        assertThat(first.complete() && recordsHeld(account) > 0)
                .as("first call complete, though records are held")
                .isFalse();

        eraseCompletely(account);

        assertThat(recordsHeld(account)).isZero();
        assertThat(dataSet().verifyErased(account)).isTrue();
    }

    @Test
    @DisplayName("the erasure of one account leaves another's records")
    void theErasureOfOneAccountLeavesAnother() {
        String account = accountWithRecords();
        String other = accountWithRecords();
        long held = recordsHeld(other);

        eraseCompletely(account);

        assertThat(recordsHeld(other)).isEqualTo(held);
        assertThat(dataSet().verifyErased(other)).isFalse();
    }

    @Test
    @DisplayName("of an account that holds nothing there is nothing to erase")
    void ofAnAccountWithoutThereIsNothingToErase() {
        String account = accountWithout();

        assertThat(dataSet().erase(account, treatment(), request)).isEqualTo(nothingLeft());
        assertThat(dataSet().verifyErased(account)).isTrue();
    }

    @Test
    @DisplayName("asked again, the data set says no before the erasure and yes after it")
    void askedAgainItSaysNoBeforeAndYesAfter() {
        String account = accountWithRecords();
        assertThat(dataSet().verifyErased(account)).as("erased before").isFalse();

        eraseCompletely(account);

        assertThat(dataSet().verifyErased(account)).as("erased after").isTrue();
    }

    @Test
    @DisplayName("the copy has every record, with as many values as columns, and leaves them where they are")
    void theCopyHasEveryRecord() {
        String account = accountWithRecords();
        long held = recordsHeld(account);
        Copy copy = new Copy();

        dataSet().export(account, copy);

        assertThat(copy.records).hasSize((int) recordsExported(account));
        assertThat(copy.columns).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(copy.records).allSatisfy(values -> assertThat(values).hasSameSizeAs(copy.columns));
        assertThat(recordsHeld(account)).isEqualTo(held);
    }

    @Test
    @DisplayName("the copy of an account that holds nothing is empty")
    void theCopyOfAnAccountWithoutIsEmpty() {
        Copy copy = new Copy();

        dataSet().export(accountWithout(), copy);

        assertThat(copy.records).isEmpty();
    }

    @Test
    @DisplayName("records are delivered one by one: where the copy can't take one, the export ends with its failure")
    void recordsAreDeliveredOneByOne() {
        String account = accountWithRecords();
        if (recordsExported(account) == 0) {
            abort("the data set has no copy to give");
        }
        IllegalStateException full = new IllegalStateException("the disk is full");
        Copy copy = new Copy() {
            @Override
            public void record(List<String> values) {
                super.record(values);
                throw full;
            }
        };

        assertThatThrownBy(() -> dataSet().export(account, copy)).isSameAs(full);
        assertThat(copy.records).hasSize(1);
    }

    @Test
    @DisplayName("open items are complete and stay the same until something happens")
    void openItemsAreStable() {
        String account = accountWithRecords();

        List<OpenItem> items = dataSet().openItems(account);

        assertThat(items).allSatisfy(item -> {
            assertThat(item.kind()).matches("[A-Z]+(_[A-Z]+)*");
            assertThat(item.reference()).isNotBlank();
            assertThat(item.label()).isNotBlank();
        });
        assertThat(items).extracting(OpenItem::reference).doesNotHaveDuplicates();
        assertThat(dataSet().openItems(account)).isEqualTo(items);
        assertThat(dataSet().openItems(accountWithout())).isEmpty();
    }

    @Test
    @DisplayName("what is settled vanishes, what can't be settled stays, and both may be asked for again")
    void whatIsSettledVanishes() {
        String account = accountWithRecords();
        List<OpenItem> items = dataSet().openItems(account);
        List<String> references = items.stream().map(OpenItem::reference).toList();
        if (items.isEmpty()) {
            abort("the account has no open items");
        }

        dataSet().settle(account, references, request);
        dataSet().settle(account, references, request);

        assertThat(dataSet().openItems(account))
                .isEqualTo(items.stream().filter(item -> !settles(item)).toList());
    }

    @Test
    @DisplayName("an account's items are not settled for another account, and unknown ones do no harm")
    void anothersItemsAreNotSettled() {
        String account = accountWithRecords();
        List<OpenItem> items = dataSet().openItems(account);
        if (items.isEmpty()) {
            abort("the account has no open items");
        }

        dataSet()
                .settle(
                        accountWithout(),
                        items.stream().map(OpenItem::reference).toList(),
                        request);
        dataSet().settle(account, Set.of("no-such-reference"), request);

        assertThat(dataSet().openItems(account)).isEqualTo(items);
    }

    @Test
    @DisplayName("hold and release may be repeated, in any order, and touch no record")
    void holdingMayBeRepeated() {
        String account = accountWithRecords();
        long held = recordsHeld(account);

        dataSet().release(account, request);
        dataSet().hold(account, request);
        dataSet().hold(account, request);
        dataSet().release(account, request);
        dataSet().release(account, request);
        dataSet().hold(accountWithout(), request);

        assertThat(recordsHeld(account)).isEqualTo(held);
    }

    @Test
    @DisplayName("a held account takes on nothing, another one does, and so does this one once it is released")
    void aHeldAccountTakesOnNothing() {
        String account = accountWithRecords();
        String other = accountWithRecords();
        assertThat(takesObligation(account)).as("before").isTrue();

        dataSet().hold(account, request);

        assertThat(takesObligation(account)).as("held").isFalse();
        assertThat(takesObligation(other)).as("another account").isTrue();
        dataSet().release(account, request);
        assertThat(takesObligation(account)).as("released").isTrue();
    }

    @Test
    @DisplayName("a held account is erased, and takes on nothing afterwards")
    void aHeldAccountIsErased() {
        String account = accountWithRecords();
        dataSet().hold(account, request);

        eraseCompletely(account);

        assertThat(recordsHeld(account)).isZero();
        assertThat(takesObligation(account)).as("after the erasure").isFalse();
    }

    @Test
    @DisplayName("retained records go on their day, not before, and only once")
    void retainedRecordsGoOnTheirDay() {
        String account = accountWithRecords();
        Erasure erasure = eraseCompletely(account);

        assertThat(dataSet().purge(LONG_AGO)).as("purged long before").isZero();
        if (erasure.retainedUntil() != null && purges()) {
            assertThat(purgeAll(erasure.retainedUntil()))
                    .as("purged on the day")
                    .isPositive();
            assertThat(dataSet().purge(erasure.retainedUntil()))
                    .as("purged again")
                    .isZero();
        }
        assertThat(dataSet().verifyErased(account)).isTrue();
    }

    /** Calls until it is complete, and merges the answers as the application does. */
    private Erasure eraseCompletely(String account) {
        Outcome outcome = Outcome.NOTHING_HELD;
        LocalDate retainedUntil = null;
        for (int call = 0; call < mostCalls(); call++) {
            Erasure erasure = dataSet().erase(account, treatment(), request);
            assertThat(erasure.retainedUntil() != null)
                    .as("retainedUntil of " + erasure)
                    .isEqualTo(erasure.outcome() == Outcome.RETAINED);
            outcome = erasure.outcome().compareTo(outcome) > 0 ? erasure.outcome() : outcome;
            retainedUntil = retainedUntil == null
                            || erasure.retainedUntil() != null
                                    && erasure.retainedUntil().isAfter(retainedUntil)
                    ? erasure.retainedUntil()
                    : retainedUntil;
            if (erasure.complete()) {
                return new Erasure(outcome, retainedUntil, true);
            }
        }
        throw new AssertionError("the erasure was not complete after " + mostCalls() + " calls");
    }

    private long purgeAll(LocalDate day) {
        long purged = 0;
        for (int call = 0; call < mostCalls(); call++) {
            int now = dataSet().purge(day);
            purged += now;
            if (now == 0) {
                return purged;
            }
        }
        throw new AssertionError("the purge did not end after " + mostCalls() + " calls");
    }

    private static Erasure nothingLeft() {
        return new Erasure(Outcome.NOTHING_HELD, null, true);
    }

    private static class Copy implements RecordSink {

        private final List<String> columns = new ArrayList<>();
        final List<List<String>> records = new ArrayList<>();

        @Override
        public void columns(List<String> names) {
            assertThat(columns).as("columns named before").isEmpty();
            assertThat(names).as("columns").isNotEmpty();
            columns.addAll(names);
        }

        @Override
        public void record(List<String> values) {
            assertThat(columns).as("columns named before the first record").isNotEmpty();
            records.add(new ArrayList<>(values));
        }
    }
}
