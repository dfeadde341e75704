/** Deploys models and forms of the demo as soon as they are saved. */
package org.accountsecurity.engine.edit;
