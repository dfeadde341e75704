/** The sentences that people read, in two languages; what people type; how much of a text is shown. */
package org.accountsecurity.text;
