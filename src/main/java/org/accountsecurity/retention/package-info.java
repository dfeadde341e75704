/** Deletes expired data: rows of this application, and records that were retained by law. */
package org.accountsecurity.retention;
