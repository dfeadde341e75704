/** 解绑手机号: the pending change of a phone number, its commit point, and the delegates of {@code phone-unbinding}. */
package org.accountsecurity.phoneunbinding;
