/**
 * What this computer computes with: engine, LibTorch, devices. Must not import the engine's
 * runtime.
 */
package org.adapterstudio.app.machine;
