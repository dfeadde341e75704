/** Settings that must be there, what refuses a start with a sentence, and how a node stops. */
package org.accountsecurity.startup;
