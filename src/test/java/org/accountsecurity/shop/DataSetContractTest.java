package org.accountsecurity.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.accountsecurity.shop.Erasure.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The kit finds out the data sets that lie. */
class DataSetContractTest {

    @Test
    @DisplayName("an honest data set passes")
    void anHonestDataSetPasses() {
        assertThat(failures(Notes::new)).isEmpty();
    }

    @Test
    @DisplayName("an erase that does nothing and says complete is caught, though it vouches for itself")
    void anEraseThatDoesNothingIsCaught() {
        Set<String> failures = failures(store -> new Notes(store) {
            private final Set<String> claimed = new TreeSet<>();

            @Override
            public Erasure erase(String accountId, Treatment treatment, String requestId) {
                boolean held = claimed.add(accountId) && store.containsKey(accountId);
                return new Erasure(held ? Outcome.ERASED : Outcome.NOTHING_HELD, null, true);
            }

            @Override
            public boolean verifyErased(String accountId) {
                return claimed.contains(accountId) || super.verifyErased(accountId);
            }
        });

        assertThat(failures)
                .contains(
                        "anErasureThatSaysCompleteHasErased",
                        "anInterruptedErasureIsFinished",
                        "anErasureMayBeRepeated");
    }

    @Test
    @DisplayName("an erase that forgets what it has done under the same request is caught")
    void anEraseThatForgetsIsCaught() {
        assertThat(failures(store -> new Notes(store) {
                    @Override
                    public Erasure erase(String accountId, Treatment treatment, String requestId) {
                        return super.erase(
                                accountId, treatment, UUID.randomUUID().toString());
                    }
                }))
                .containsExactly("anErasureMayBeRepeated");
    }

    @Test
    @DisplayName("an erase that does half and says complete is caught")
    void anEraseThatDoesHalfIsCaught() {
        Set<String> failures = failures(store -> new Notes(store) {
            @Override
            public Erasure erase(String accountId, Treatment treatment, String requestId) {
                Erasure erasure = super.erase(accountId, treatment, requestId);
                return new Erasure(erasure.outcome(), erasure.retainedUntil(), true);
            }
        });

        assertThat(failures)
                .contains(
                        "anErasureThatSaysCompleteHasErased",
                        "anInterruptedErasureIsFinished",
                        "askedAgainItSaysNoBeforeAndYesAfter");
    }

    @Test
    @DisplayName("a data set that always says it has erased is caught")
    void alwaysErasedIsCaught() {
        Set<String> failures = failures(store -> new Notes(store) {
            @Override
            public boolean verifyErased(String accountId) {
                return true;
            }
        });

        assertThat(failures)
                .contains("askedAgainItSaysNoBeforeAndYesAfter", "anInterruptedErasureIsFinished")
                .doesNotContain("anErasureThatSaysCompleteHasErased");
    }

    @Test
    @DisplayName(
            "an erase that never completes, one that takes another's records and a copy that stops halfway are caught")
    void otherFaultsAreCaught() {
        assertThat(failures(store -> new Notes(store) {
                    @Override
                    public Erasure erase(String accountId, Treatment treatment, String requestId) {
                        return new Erasure(
                                super.erase(accountId, treatment, requestId).outcome(), null, false);
                    }
                }))
                .contains("anErasureThatSaysCompleteHasErased", "ofAnAccountWithoutThereIsNothingToErase");
        assertThat(failures(store -> new Notes(store) {
                    @Override
                    public Erasure erase(String accountId, Treatment treatment, String requestId) {
                        store.keySet().retainAll(Set.of(accountId));
                        return super.erase(accountId, treatment, requestId);
                    }
                }))
                .containsExactly("theErasureOfOneAccountLeavesAnother");
        assertThat(failures(store -> new Notes(store) {
                    @Override
                    public void export(String accountId, RecordSink sink) {
                        sink.columns(List.of("笔记"));
                        store.getOrDefault(accountId, List.of()).stream()
                                .limit(1)
                                .forEach(note -> sink.record(List.of(note)));
                    }
                }))
                .containsExactly("theCopyHasEveryRecord");
    }

    /** The names of the contract's tests that such a data set does not pass. */
    private static Set<String> failures(Function<Map<String, List<String>>, DataSet> dataSet) {
        Set<String> failures = new TreeSet<>();
        int run = 0;
        for (Method test : DataSetContract.class.getDeclaredMethods()) {
            if (test.isAnnotationPresent(Test.class)) {
                run++;
                try {
                    test.invoke(new NotesContract(dataSet));
                } catch (InvocationTargetException e) {
                    if (e.getCause() instanceof AssertionError) {
                        failures.add(test.getName());
                    } else {
                        assertThatCode(() -> {
                                    throw e.getCause();
                                })
                                .isInstanceOf(TestAbortedException.class);
                    }
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        assertThat(run).isGreaterThan(15);
        return failures;
    }

    private static final class NotesContract extends DataSetContract {

        private final Map<String, List<String>> store = new HashMap<>();
        private final DataSet dataSet;

        NotesContract(Function<Map<String, List<String>>, DataSet> dataSet) {
            this.dataSet = dataSet.apply(store);
        }

        @Override
        protected DataSet dataSet() {
            return dataSet;
        }

        @Override
        protected String accountWithRecords() {
            String account = accountWithout();
            store.put(account, new ArrayList<>(List.of("一", "二", "三", "四")));
            return account;
        }

        @Override
        protected String accountWithout() {
            return UUID.randomUUID().toString();
        }

        @Override
        protected Treatment treatment() {
            return new Treatment(false, Period.ZERO);
        }

        @Override
        protected long recordsHeld(String accountId) {
            return store.getOrDefault(accountId, List.of()).size();
        }
    }

    /** Keeps to the contract, two records a call. */
    private static class Notes implements DataSet {

        private static final int CHUNK = 2;

        private final Map<String, List<String>> store;
        private final Set<String> erased = new TreeSet<>();

        Notes(Map<String, List<String>> store) {
            this.store = store;
        }

        @Override
        public String name() {
            return "notes";
        }

        @Override
        public Preview preview(String accountId, Treatment treatment) {
            return new Preview(store.getOrDefault(accountId, List.of()).size(), null);
        }

        @Override
        public void export(String accountId, RecordSink sink) {
            sink.columns(List.of("笔记"));
            store.getOrDefault(accountId, List.of()).forEach(note -> sink.record(List.of(note)));
        }

        @Override
        public Erasure erase(String accountId, Treatment treatment, String requestId) {
            List<String> notes = store.getOrDefault(accountId, new ArrayList<>());
            int chunk = Math.min(CHUNK, notes.size());
            notes.subList(0, chunk).clear();
            if (notes.isEmpty()) {
                store.remove(accountId);
            }
            if (chunk > 0) {
                erased.add(accountId + requestId);
            }
            boolean some = erased.contains(accountId + requestId);
            return new Erasure(some ? Outcome.ERASED : Outcome.NOTHING_HELD, null, notes.isEmpty());
        }

        @Override
        public boolean verifyErased(String accountId) {
            return !store.containsKey(accountId);
        }

        @Override
        public int purge(LocalDate today) {
            return 0;
        }
    }
}
