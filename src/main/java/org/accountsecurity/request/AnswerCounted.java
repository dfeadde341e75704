package org.accountsecurity.request;

/** An answer to a question of a form that is counted, one of those that the form lists; of whom it came is not known. */
public record AnswerCounted(String question, String answer) {}
