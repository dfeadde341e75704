package org.accountsecurity.phoneunbinding;

/** The key, variables and errors of {@code phone-unbinding}. */
final class PhoneUnbindingProcess {

    static final String KEY = "phone-unbinding";

    static final String ERROR_PHONE_TAKEN = "PhoneTaken";
    static final String ERROR_NOT_READY = "NotReady";

    static final String MESSAGE = "message";
    /** A sentence for the holder. */
    static final String NOT_READY_REASON = "notReadyReason";

    static final String NEW_PHONE = "newPhone";
    static final String NEW_PHONE_USABLE = "newPhoneUsable";
    static final String HOLDER_VERIFICATION_REQUIRED = "holderVerificationRequired";
    static final String MASKED_TARGET = "maskedTarget";

    private PhoneUnbindingProcess() {}
}
