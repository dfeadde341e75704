package org.accountsecurity.journey;

import org.junit.jupiter.api.Tag;

/** As many walks again, so that both forks have some. */
@Tag("depth")
class MoreRandomWalksTest extends RandomWalkTest {

    @Override
    int firstSeed() {
        return super.firstSeed() + 1_000;
    }
}
