/**
 * What a run's log advises: ranks by measured energy, and whether a change of ranks paid. Reads
 * events alone; must not import DJL or JavaFX.
 */
package org.adapterstudio.contract.advice;
