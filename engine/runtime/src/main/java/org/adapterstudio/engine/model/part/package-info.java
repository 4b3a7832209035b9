/**
 * The pieces networks are built of. Each lists its parameters and computes its output; none holds
 * an array. Must not import whole networks or families.
 */
package org.adapterstudio.engine.model.part;
