package org.accountsecurity.shop.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.shop.Treatment;
import org.springframework.http.HttpMethod;

/**
 * A data set that a service of the shop holds. Its retained records it deletes by itself on their {@code retainedUntil}, so
 * {@link #purge} has nothing to do.
 */
class HttpDataSet implements DataSet {

    private static final String ACCOUNT = "/accounts/{accountId}";
    /** Between two parts of an erasure, if the service asks for no longer pause. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final boolean anonymises;
    private final ShopService service;

    HttpDataSet(HttpDataSetSettings settings, Clock clock) {
        this.name = settings.name();
        this.anonymises = settings.anonymises();
        this.service = new ShopService(settings, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public List<OpenItem> openItems(String accountId) {
        return service.ask(ACCOUNT + "/open-items", accountId).objects("items").stream()
                .map(this::openItem)
                .toList();
    }

    private OpenItem openItem(JsonAnswer item) {
        try {
            return new OpenItem(
                    item.text("kind"), item.text("reference"), item.text("label"), item.number("amountFen"));
        } catch (IllegalArgumentException e) {
            throw new DataSetFailedException(name, e.getMessage());
        }
    }

    @Override
    public void settle(String accountId, Collection<String> references, String requestId) {
        service.order(
                HttpMethod.POST,
                requestId,
                Map.of("references", List.copyOf(references)),
                ACCOUNT + "/settlements",
                accountId);
    }

    @Override
    public Preview preview(String accountId, Treatment treatment) {
        JsonAnswer answer = service.ask(
                ACCOUNT + "/preview?anonymise={anonymise}&keepFor={keepFor}",
                accountId,
                treatment.anonymise(),
                treatment.keepFor());
        LocalDate retainedUntil = answer.date("retainedUntil");
        if (retainedUntil != null && !treatment.anonymise()) {
            throw answer.unusable("retainedUntil");
        }
        return new Preview(answer.count("records"), retainedUntil);
    }

    @Override
    public void export(String accountId, RecordSink sink) {
        Optional<BufferedReader> answer = service.open(sink::goOn, ACCOUNT + "/export", accountId);
        if (answer.isEmpty()) {
            return;
        }
        try (BufferedReader lines = answer.get()) {
            List<String> columns = JsonAnswer.parse(name, nextOf(lines)).texts("columns");
            sink.columns(columns);
            long records = 0;
            String line = nextOf(lines);
            while (line.startsWith("[")) {
                sink.record(JsonAnswer.parseRecord(name, line, columns.size()));
                records++;
                line = nextOf(lines);
            }
            JsonAnswer end = JsonAnswer.parse(name, line);
            if (end.count("records") != records || lines.readLine() != null) {
                throw end.unusable("records");
            }
        } catch (IOException e) {
            throw service.brokenOff(e);
        }
    }

    @Override
    public void hold(String accountId, String requestId) {
        service.order(HttpMethod.PUT, requestId, Map.of(), ACCOUNT + "/hold", accountId);
    }

    @Override
    public void release(String accountId, String requestId) {
        service.order(HttpMethod.DELETE, requestId, Map.of(), ACCOUNT + "/hold", accountId);
    }

    @Override
    public boolean anonymises() {
        return anonymises;
    }

    @Override
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        JsonAnswer answer = service.request(
                requestId,
                Map.of(
                        "anonymise", treatment.anonymise(),
                        "keepFor", treatment.keepFor().toString()),
                ACCOUNT + "/erasure",
                accountId);
        Erasure.Outcome outcome = answer.oneOf(Erasure.Outcome.class, "outcome");
        boolean kept = outcome == Erasure.Outcome.ANONYMISED || outcome == Erasure.Outcome.RETAINED;
        if (kept && !treatment.anonymise()) {
            throw answer.unusable("outcome");
        }
        LocalDate retainedUntil = answer.date("retainedUntil");
        if ((retainedUntil != null) != (outcome == Erasure.Outcome.RETAINED)) {
            throw answer.unusable("retainedUntil");
        }
        boolean complete = answer.flag("complete");
        return new Erasure(outcome, retainedUntil, complete, complete ? Duration.ZERO : pause(answer));
    }

    private static Duration pause(JsonAnswer answer) {
        return answer.retryAfter().compareTo(SHORTEST_PAUSE) > 0 ? answer.retryAfter() : SHORTEST_PAUSE;
    }

    @Override
    public boolean verifyErased(String accountId) {
        return service.ask(ACCOUNT + "/erasure", accountId).flag("erased");
    }

    /** The next line; an export that ends without its last line was cut off. */
    private String nextOf(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new DataSetFailedException(name, "the export was cut off");
        }
        return line;
    }
}
