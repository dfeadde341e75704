/** 注销凭证: the signed proof of a deregistration, and the page that shows it for its number and secret. */
package org.accountsecurity.deregistration.receipt;
