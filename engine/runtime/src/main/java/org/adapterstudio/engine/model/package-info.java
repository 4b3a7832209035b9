/**
 * Base models: config, mapped parameters, and the forward pass that any method can step into. Must
 * not import methods or training.
 */
package org.adapterstudio.engine.model;
