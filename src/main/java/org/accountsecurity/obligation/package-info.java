/** What is owed to a holder whatever a diagram leaves out, and the sweep that does what is overdue. */
package org.accountsecurity.obligation;
