/**
 * Methods that train vectors: scales of layers, and weights over projections and banks they share.
 */
package org.adapterstudio.engine.method.vector;
