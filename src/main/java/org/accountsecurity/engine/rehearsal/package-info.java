/** Has models rehearsed in a process of its own before they are deployed. */
package org.accountsecurity.engine.rehearsal;
