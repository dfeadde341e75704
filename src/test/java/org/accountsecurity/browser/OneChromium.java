package org.accountsecurity.browser;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opened for the first class that asks for it, closed after the last test of all. */
class OneChromium implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        BrowserTest.chromium = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Chromium.class, type -> new Chromium(), Chromium.class);
    }
}
