package org.accountsecurity.browser;

import java.util.List;
import org.accountsecurity.testing.Depth;

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

    /** The phone, and in depth the desk. */
    static List<Viewport> screens() {
        return Depth.isFull() ? List.of(PHONE, DESK) : List.of(PHONE);
    }

    /** The same at 200 %. */
    static List<Viewport> zoomed() {
        return Depth.isFull() ? List.of(PHONE_ZOOMED, DESK_ZOOMED) : List.of(PHONE_ZOOMED);
    }
}
