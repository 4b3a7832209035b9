package org.adapterstudio.engine.model.network;

import java.util.List;

/**
 * A network's sizes, read from its config.
 *
 * @param vocabulary tokens it knows; 0 where it reads none
 * @param hidden numbers in the stream of a position
 * @param contextLength most positions of a row
 * @param eosIds tokens that end an answer
 */
public record Sizes(
    String modelType,
    int vocabulary,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int contextLength,
    List<Integer> eosIds) {}
