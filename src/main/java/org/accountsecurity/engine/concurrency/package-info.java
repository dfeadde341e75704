/** Who is first where several change one request at once. */
package org.accountsecurity.engine.concurrency;
