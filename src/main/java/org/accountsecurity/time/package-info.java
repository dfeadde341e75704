/** The clock of the database, and the engine's clock and zone held to it. */
package org.accountsecurity.time;
