/** Obligations towards a holder that no diagram can omit, and the sweep that fulfils overdue ones. */
package org.accountsecurity.obligation;
