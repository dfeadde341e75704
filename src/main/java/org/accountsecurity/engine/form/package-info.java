/** The form contract: what a form declares is all that can be submitted. */
package org.accountsecurity.engine.form;
