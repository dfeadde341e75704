/** Commands to run by hand: check models, migrate the database. */
package org.accountsecurity.command;
