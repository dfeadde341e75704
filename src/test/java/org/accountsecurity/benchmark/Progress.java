package org.accountsecurity.benchmark;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Tells whoever waits how far it is. */
final class Progress {

    private Progress() {}

    static void tell(String what) {
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + what);
    }

    static void tell(Block block) {
        tell("round %d, %s, %s, %d clients: %.1f/s, %.1f ms CPU, %.0f kB WAL"
                .formatted(
                        block.round(),
                        block.contender(),
                        block.work().label(),
                        block.clients(),
                        block.perSecond(),
                        block.cpuMillisEach(),
                        block.walKilobytesEach()));
    }
}
