/**
 * Codes that frozen weights are kept in: 4-bit NormalFloat and 8-bit rows, as bitsandbytes has
 * them. Must not import models, methods or training.
 */
package org.adapterstudio.engine.quant;
