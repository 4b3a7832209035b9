/**
 * A run on disk: folder, events, commands, lock, and the state derived from them. No DJL, no
 * JavaFX.
 */
package org.adapterstudio.contract.run;
