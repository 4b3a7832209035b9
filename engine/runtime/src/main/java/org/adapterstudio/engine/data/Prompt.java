package org.adapterstudio.engine.data;

/**
 * A question put to a model and the answer wanted.
 *
 * @param line of its file
 * @param ids of the conversation up to the last answer, with the generation prompt
 * @param wanted text of the last answer
 */
public record Prompt(int line, int[] ids, String wanted) {}
