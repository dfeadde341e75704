/** One way to send a notice to several addressees, and the notices that process owners write. */
package org.accountsecurity.notice;
