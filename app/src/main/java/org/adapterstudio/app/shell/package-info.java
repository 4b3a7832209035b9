/**
 * The frame around every place: rail, top bar, status bar, command palette, notices, and the one
 * root where everything is put together. Features must not import it.
 */
package org.adapterstudio.app.shell;
