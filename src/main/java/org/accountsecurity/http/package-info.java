/** How services outside are called: an answer has a time and a size that it may not exceed. */
package org.accountsecurity.http;
