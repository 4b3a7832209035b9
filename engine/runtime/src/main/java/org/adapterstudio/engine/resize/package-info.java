/**
 * Other ranks for the layers of a model in training: cut exactly or grown without a change of the
 * function, optimizer state carried over. Must not import runs, export or serving.
 */
package org.adapterstudio.engine.resize;
