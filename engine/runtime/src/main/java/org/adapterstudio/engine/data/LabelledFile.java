package org.adapterstudio.engine.data;

import java.nio.file.Path;

/**
 * A file and what its folder says of it.
 *
 * @param file that is there
 * @param label its class, or its transcript; null where nothing says it
 * @param line of the metadata file; 0 where a folder's name says it
 */
public record LabelledFile(Path file, String label, int line) {}
