/** What the engine remembers. */
package org.accountsecurity.engine.history;
