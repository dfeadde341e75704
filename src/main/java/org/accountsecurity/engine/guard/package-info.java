/** Checks a deployment before the engine parses it. */
package org.accountsecurity.engine.guard;
