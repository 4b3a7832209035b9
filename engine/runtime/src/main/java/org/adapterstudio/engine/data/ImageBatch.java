package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Pictures as numbers, with their classes.
 *
 * @param rows pictures
 * @param pixelValues [rows, channels, height, width]
 * @param labels class of each picture
 * @param files each picture's own, for messages
 */
public record ImageBatch(
    int rows,
    int channels,
    int height,
    int width,
    float[] pixelValues,
    long[] labels,
    List<Path> files) {}
