/** What a customer's session may ask of the engine. */
package org.accountsecurity.engine.gate;
