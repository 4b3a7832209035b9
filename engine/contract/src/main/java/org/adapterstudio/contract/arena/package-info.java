/**
 * Many short runs side by side: what was tried, how they stand, what may be concluded. No DJL, no
 * JavaFX.
 */
package org.adapterstudio.contract.arena;
