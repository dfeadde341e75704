/** One login for holders and staff, bridged into Camunda's webapp. */
package org.accountsecurity.engine.login;
