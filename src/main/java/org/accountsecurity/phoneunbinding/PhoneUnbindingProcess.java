package org.accountsecurity.phoneunbinding;

/** The key, variables and errors of {@code phone-unbinding}. */
final class PhoneUnbindingProcess {

    static final String KEY = "phone-unbinding";

    static final String ERROR_PHONE_TAKEN = "PhoneTaken";

    static final String MESSAGE = "message";
    static final String NEW_PHONE = "newPhone";
    static final String NEW_PHONE_USABLE = "newPhoneUsable";
    static final String HOLDER_VERIFICATION_REQUIRED = "holderVerificationRequired";
    static final String MASKED_TARGET = "maskedTarget";

    private PhoneUnbindingProcess() {}
}
