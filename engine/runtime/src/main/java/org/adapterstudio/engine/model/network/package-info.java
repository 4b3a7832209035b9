/**
 * Whole networks, one class for each way of turning inputs into outputs and a loss. Must not import
 * families.
 */
package org.adapterstudio.engine.model.network;
