/** Filters around the webapp: paths, bodies, languages, refusals, static files. */
package org.accountsecurity.engine.webapp;
