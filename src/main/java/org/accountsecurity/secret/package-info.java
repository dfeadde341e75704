/** What the application's one secret is used for. */
package org.accountsecurity.secret;
