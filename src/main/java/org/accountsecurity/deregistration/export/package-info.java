/** 数据备份: the copy of the holder's own data, prepared, downloaded and deleted. */
package org.accountsecurity.deregistration.export;
