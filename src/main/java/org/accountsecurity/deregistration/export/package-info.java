/** 数据备份: the copy of the own data that a holder takes along, prepared, downloaded and gone again. */
package org.accountsecurity.deregistration.export;
