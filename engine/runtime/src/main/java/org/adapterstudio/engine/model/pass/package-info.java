/**
 * One forward pass: its inputs, weights, randomness, and the linear layers a method can step into.
 * Must not import the parts of a network.
 */
package org.adapterstudio.engine.model.pass;
