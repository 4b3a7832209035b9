/**
 * LoRA and its relatives: what a layer trains is, or stands between, low-rank factors of its own.
 */
package org.adapterstudio.engine.method.lowrank;
