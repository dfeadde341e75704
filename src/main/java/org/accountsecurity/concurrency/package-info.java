/** Work that is done beside the engine's jobs. */
package org.accountsecurity.concurrency;
