/**
 * The recipe of a run: what a person asks for, checked before anything loads. No DJL, no JavaFX.
 */
package org.adapterstudio.contract.recipe;
