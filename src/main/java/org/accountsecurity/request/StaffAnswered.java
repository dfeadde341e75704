package org.accountsecurity.request;

/**
 * Somebody of staff has answered what only staff may, in the transaction of the submission.
 *
 * @param about the business key of the task's process
 */
public record StaffAnswered(String about, String answer) {}
