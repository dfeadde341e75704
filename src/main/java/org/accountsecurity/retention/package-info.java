/** What goes by itself with time: rows of this application, and records that the law wanted kept. */
package org.accountsecurity.retention;
