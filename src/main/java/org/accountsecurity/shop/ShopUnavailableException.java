package org.accountsecurity.shop;

/** A system of the shop gave no usable answer while a holder waits; the step was not done and can be tried again. */
public class ShopUnavailableException extends RuntimeException {

    /** What the holder is told. */
    public static final String SENTENCE = "商家的系统暂时没有给出可用的应答，这一步没有完成。请过几分钟再试；一直如此，请联系客服。";

    /** @param failure what failed, for the log */
    public ShopUnavailableException(String failure) {
        super(failure + ". " + SENTENCE);
    }
}
