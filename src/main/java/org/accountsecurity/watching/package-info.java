/** What operators see: figures, health, and who may read them. Other packages publish events and do not depend on this one. */
package org.accountsecurity.watching;
