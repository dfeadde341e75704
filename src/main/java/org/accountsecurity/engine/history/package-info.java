/** What the engine remembers: the trails of requests. */
package org.accountsecurity.engine.history;
