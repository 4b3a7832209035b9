/** Methods whose change repeats a small block. Must not import training, export or serving. */
package org.adapterstudio.engine.method.block;
