/** Notices whose words are a process owner's. */
package org.accountsecurity.notice;
