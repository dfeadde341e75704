/** What the application's secrets are used for. */
package org.accountsecurity.crypto;
