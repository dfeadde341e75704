/** Walks models as made account holders do, in an application that was started for nothing else. */
package org.accountsecurity.rehearsal;
