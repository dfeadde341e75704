/**
 * The requests of holders: one open a process and account, its subject decided by the login, its deadlines counted in
 * working days.
 */
package org.accountsecurity.request;
