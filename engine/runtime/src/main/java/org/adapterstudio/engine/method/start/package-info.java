/**
 * Start states of low-rank layers: one class and one card of kind initializer each. Must not import
 * training, export or serving.
 */
package org.adapterstudio.engine.method.start;
