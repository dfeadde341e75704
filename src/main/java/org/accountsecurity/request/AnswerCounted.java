package org.accountsecurity.request;

/** An answer to a counted question of a form: one of the listed options, without the person who gave it. */
public record AnswerCounted(String question, String answer) {}
