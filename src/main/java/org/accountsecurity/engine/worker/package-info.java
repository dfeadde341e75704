/** External tasks: what programs of the shop's own do for a process, over HTTP and within declared limits. */
package org.accountsecurity.engine.worker;
