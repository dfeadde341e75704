/** 注销账户: the request, its open items and notice, the commit point, and the delegates of the two processes. */
package org.accountsecurity.deregistration;
