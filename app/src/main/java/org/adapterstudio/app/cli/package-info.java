/**
 * The command line: everything the window does, with the same files. Imports no JavaFX and no
 * engine; talks to engines only through {@code app.engine}.
 */
package org.adapterstudio.app.cli;
