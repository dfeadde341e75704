/** What the shop knows of a holder: the accounts and the data sets. */
package org.accountsecurity.shop;
