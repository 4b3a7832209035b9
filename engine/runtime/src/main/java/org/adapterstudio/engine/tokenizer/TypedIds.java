package org.adapterstudio.engine.tokenizer;

/**
 * Token ids of one text or a pair.
 *
 * @param types sentence number of each token: 0 for the first text, 1 for the second
 */
public record TypedIds(int[] ids, int[] types) {}
