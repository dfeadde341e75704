/** The embedded shop: accounts and data sets in the application's own database. */
package org.accountsecurity.shop.jdbc;
