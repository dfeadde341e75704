/** Declarations of Java code about models; the guard checks them at deployment. */
package org.accountsecurity.contract;
