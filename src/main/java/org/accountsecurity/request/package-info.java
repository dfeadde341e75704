/** The requests of holders: one open a process and account, its subject decided by the login. */
package org.accountsecurity.request;
