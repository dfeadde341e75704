/** Where a holder's own requests stand: step, what is next, how long; read from the models and the engine. */
package org.accountsecurity.engine.status;
