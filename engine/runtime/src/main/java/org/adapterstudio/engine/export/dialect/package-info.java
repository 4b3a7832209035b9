/**
 * Adapters in one file, under the keys that kohya's scripts, LyCORIS, diffusers and OneTrainer give
 * them. Must not import run, serve or train.
 */
package org.adapterstudio.engine.export.dialect;
