package org.accountsecurity.deregistration.erasure;

import java.time.Instant;
import java.util.Optional;
import org.accountsecurity.obligation.Fulfilment;
import org.accountsecurity.obligation.Kind;
import org.springframework.stereotype.Component;

/** Erases a data set and verifies it, part by part as the process does, each in a transaction of its own. */
@Component
class DueErasure implements Fulfilment {

    private final DataErasure erasure;

    DueErasure(DataErasure erasure) {
        this.erasure = erasure;
    }

    @Override
    public Kind kind() {
        return Kind.ERASE;
    }

    @Override
    public Optional<Instant> fulfil(String requestId, String dataSet) {
        DataErasure.Progress progress = erasure.erase(requestId, dataSet);
        while (!progress.complete()) {
            if (progress.notBefore() != null) {
                return Optional.of(progress.notBefore());
            }
            progress = erasure.erase(requestId, dataSet);
        }
        erasure.verify(requestId, dataSet);
        return Optional.empty();
    }
}
