package org.accountsecurity.benchmark;

/** What a holder comes for. */
enum Work {
    DEREGISTRATION("account-deregistration"),
    PHONE_CHANGE("phone-unbinding");

    private final String process;

    Work(String process) {
        this.process = process;
    }

    String process() {
        return process;
    }

    String label() {
        return name().toLowerCase().replace('_', ' ');
    }
}
