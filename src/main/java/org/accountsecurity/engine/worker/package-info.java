/** External tasks for programs of the shop, over HTTP and within declared limits. */
package org.accountsecurity.engine.worker;
