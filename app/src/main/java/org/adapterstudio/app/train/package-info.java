/**
 * The training form: five cards built from method cards, the data as training sees it, and what
 * will run. View models know no scene graph; nothing here imports the engine's runtime.
 */
package org.adapterstudio.app.train;
