/** Order among transactions that change one request at the same time. */
package org.accountsecurity.engine.concurrency;
