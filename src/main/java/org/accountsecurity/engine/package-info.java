/** What makes Camunda fit for customers; knows no process by name. */
package org.accountsecurity.engine;
