package org.accountsecurity.browser;

/** A screen to test on, in CSS pixels. */
enum Viewport {
    PHONE(390, 844),
    DESK(1280, 800),
    /** The phone and the desk at 200 %. */
    PHONE_ZOOMED(195, 422),
    DESK_ZOOMED(640, 400);

    final int width;
    final int height;

    Viewport(int width, int height) {
        this.width = width;
        this.height = height;
    }
}
