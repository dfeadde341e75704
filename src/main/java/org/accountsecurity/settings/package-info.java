/** How settings are checked before anything starts. */
package org.accountsecurity.settings;
