/** What is run by hand beside the application: checking models, migrating the database. */
package org.accountsecurity.command;
