/**
 * Kernel text, its assembler, and the scopes that own arrays. The only package that touches DJL's
 * native layer. Must not import models, methods or training.
 */
package org.adapterstudio.engine.kernel;
