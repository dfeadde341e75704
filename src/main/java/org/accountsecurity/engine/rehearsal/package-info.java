/** Rehearses models in a separate process before they are deployed. */
package org.accountsecurity.engine.rehearsal;
