/**
 * What a run was made of, by hashes and versions, and what differs from it now or in another run.
 * No DJL, no JavaFX.
 */
package org.adapterstudio.contract.run.seal;
