/**
 * What this process holds in memory now and at its peak. Must not import anything else of the
 * engine.
 */
package org.adapterstudio.engine.memory;
