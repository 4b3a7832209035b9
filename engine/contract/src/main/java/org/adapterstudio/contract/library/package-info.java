/**
 * Finds base models, adapters and data sets in folders, reading headers and configurations only. No
 * DJL, no JavaFX, never a tensor.
 */
package org.adapterstudio.contract.library;
