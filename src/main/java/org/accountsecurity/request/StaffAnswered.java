package org.accountsecurity.request;

/**
 * Staff has answered a question that only staff may answer, in the transaction of the submission.
 *
 * @param about the business key of the task's process
 */
public record StaffAnswered(String about, String answer) {}
