/** The engine commands that each user may run. */
package org.accountsecurity.engine.gate;
