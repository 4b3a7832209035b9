/**
 * Watches over a training run: each reads its events and may warn, with the numbers that prove it
 * and what can be done. Knows only the contract.
 */
package org.adapterstudio.engine.watch;
