package org.adapterstudio.engine.data;

/**
 * Texts as token ids filled up on the right, with their classes.
 *
 * @param rows texts
 * @param length of the longest
 * @param inputIds [rows, length]
 * @param attentionMask [rows, length], 0 where filled up
 * @param tokenTypeIds [rows, length], the text of a pair that a token belongs to
 * @param labels class of each text
 * @param lines of the data file that the rows stand on
 */
public record LabelledBatch(
    int rows,
    int length,
    long[] inputIds,
    long[] attentionMask,
    long[] tokenTypeIds,
    long[] labels,
    int[] lines) {}
