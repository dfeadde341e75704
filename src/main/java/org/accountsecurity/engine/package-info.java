/** Settings and beans that make the engine fit for customers; nothing here knows a process by name. */
package org.accountsecurity.engine;
