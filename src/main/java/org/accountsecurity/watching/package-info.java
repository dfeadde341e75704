/** What operators see: figures, health, and who may read them. The others tell what happens, and know nobody who listens. */
package org.accountsecurity.watching;
