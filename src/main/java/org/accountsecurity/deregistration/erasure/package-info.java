/** 清除个人数据: what becomes of each data set, its erasure and proof, and the last notice to the holder. */
package org.accountsecurity.deregistration.erasure;
