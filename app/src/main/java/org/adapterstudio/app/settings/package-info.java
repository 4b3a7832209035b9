/** What the window remembers between starts, in one JSON file. No JavaFX. */
package org.adapterstudio.app.settings;
