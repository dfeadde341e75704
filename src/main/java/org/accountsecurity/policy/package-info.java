/** The decision tables that a request's rules stand in. */
package org.accountsecurity.policy;
