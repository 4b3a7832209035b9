package org.adapterstudio.engine.data;

import java.nio.file.Path;

/**
 * A file and what a folder says of it.
 *
 * @param file that is there
 * @param said its class, or its transcript
 * @param source the file or folder that says so
 * @param line of that file; 0 where a folder's name says it
 */
record LabelledFile(Path file, String said, Path source, int line) {}
