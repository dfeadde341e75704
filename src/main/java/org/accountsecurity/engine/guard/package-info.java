/** Checks a deployment before anything of it runs, and refuses an unsafe one whole. */
package org.accountsecurity.engine.guard;
