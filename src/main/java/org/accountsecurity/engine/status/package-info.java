/** The state of the own requests of a holder, read from models and engine. */
package org.accountsecurity.engine.status;
