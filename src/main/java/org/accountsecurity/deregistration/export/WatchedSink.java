package org.accountsecurity.deregistration.export;

import java.util.List;
import org.accountsecurity.shop.RecordSink;

/** Passes records on and runs a check before each, which throws when the copy is no longer wanted. */
record WatchedSink(RecordSink sink, Runnable watch) implements RecordSink {

    @Override
    public void columns(List<String> names) {
        sink.columns(names);
    }

    @Override
    public void record(List<String> values) {
        watch.run();
        sink.record(values);
    }

    @Override
    public void goOn() {
        watch.run();
    }
}
