/**
 * Records that both programs share: what a person asks for and what a run left on disk. No DJL, no
 * JavaFX.
 */
package org.adapterstudio.contract;
