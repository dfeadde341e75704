/** 清除个人数据: the erasure of each data set by a plan, its proof, and the notice that the account is closing. */
package org.accountsecurity.deregistration.erasure;
