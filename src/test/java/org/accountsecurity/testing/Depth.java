package org.accountsecurity.testing;

/** How far tests go: {@code mvn verify} meets each kind of case, {@code -Pdepth} many more of each. */
public final class Depth {

    private Depth() {}

    public static boolean isFull() {
        return Boolean.getBoolean("account-security.test.depth");
    }

    /** A number of cases. */
    public static int of(int everyDay, int full) {
        return isFull() ? full : everyDay;
    }
}
