package org.adapterstudio.engine.tokenizer;

/**
 * Token ids and the characters each stands for.
 *
 * @param ids of the tokens
 * @param starts first character (UTF-16 index into the text) of each token; -1 for added tokens
 *     that stand for no text
 * @param ends character after the last of each token; -1 likewise
 */
public record Encoded(int[] ids, int[] starts, int[] ends) {}
