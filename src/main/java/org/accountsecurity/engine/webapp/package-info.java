/** What the webapp shows to whom, and in which words it refuses. */
package org.accountsecurity.engine.webapp;
