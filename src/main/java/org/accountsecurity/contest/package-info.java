/** "不是我操作": notices that can be contested, the links in them, and the case that staff handles. */
package org.accountsecurity.contest;
