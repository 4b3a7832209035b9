/**
 * The line protocol between window or command line and the interactive engine. No DJL, no JavaFX.
 */
package org.adapterstudio.contract.serve;
