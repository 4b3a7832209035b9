/**
 * Methods whose shape changes while they are trained: ranks that shrink, grow or freeze. Must not
 * import training, export or serving.
 */
package org.adapterstudio.engine.method.schedule;
