/** The groups that the engine and the login agree on. */
package org.accountsecurity.engine.identity;
