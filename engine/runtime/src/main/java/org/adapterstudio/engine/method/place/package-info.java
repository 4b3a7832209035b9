/** Methods that act on tables of words, on norms, before the input or beside the attention. */
package org.adapterstudio.engine.method.place;
