package org.accountsecurity.shop;

/** A system of the shop gave no usable answer while a holder waits; the step was not done and can be tried again. */
public class ShopUnavailableException extends RuntimeException {

    /** @param failure what failed, for the log */
    public ShopUnavailableException(String failure) {
        super(failure);
    }
}
