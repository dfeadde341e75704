/** What people type, and how much of a text is shown. */
package org.accountsecurity.text;
