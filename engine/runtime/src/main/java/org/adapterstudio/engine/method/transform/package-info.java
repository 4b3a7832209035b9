/**
 * Methods that turn, mirror, rescale or multiply what a layer has: rotations, reflections and
 * products that need the weight itself. Must not import training, export or serving.
 */
package org.adapterstudio.engine.method.transform;
