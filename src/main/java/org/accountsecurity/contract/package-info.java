/** What Java asks of the models that a process owner edits; declared on the code that needs it, checked at deployment. */
package org.accountsecurity.contract;
