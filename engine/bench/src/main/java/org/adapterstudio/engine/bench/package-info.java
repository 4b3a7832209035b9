/**
 * Measurements of the engine: kernels alone and whole steps beside what they cannot avoid. Nothing
 * may import it.
 */
package org.adapterstudio.engine.bench;
