/** The decision tables with the rules of a request, and the contracts that they are checked by. */
package org.accountsecurity.policy;
