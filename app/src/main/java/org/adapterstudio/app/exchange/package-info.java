/**
 * Logs of runs in the forms of other programs: TensorBoard's event files, the Hugging Face
 * trainer's state, CSV; and the way back, from folders that other programs left. Must not import
 * JavaFX.
 */
package org.adapterstudio.app.exchange;
