/** Walks models with generated accounts, in a separate application. */
package org.accountsecurity.rehearsal;
