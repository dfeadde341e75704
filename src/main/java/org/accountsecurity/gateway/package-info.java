/** SMS and mail: what a message is, and the gateways that take it. */
package org.accountsecurity.gateway;
