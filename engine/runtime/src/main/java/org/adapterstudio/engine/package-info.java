/** The engine: trains, answers and exports in processes of its own. Must not import JavaFX. */
package org.adapterstudio.engine;
