/** 验证码: one-time codes, their limits and policy, and the delegates of the process {@code verification-code}. */
package org.accountsecurity.verification;
