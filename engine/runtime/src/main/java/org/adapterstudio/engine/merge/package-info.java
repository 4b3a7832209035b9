/**
 * Several adapters become one, without their base. Must not import run, serve, train or kernels.
 */
package org.adapterstudio.engine.merge;
