/** Measures of trained updates. Must not import training or run folders. */
package org.adapterstudio.engine.inspect;
