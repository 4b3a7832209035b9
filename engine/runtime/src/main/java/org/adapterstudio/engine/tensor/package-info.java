/** Safetensors files in and out as plain numbers. Must not import models, methods or training. */
package org.adapterstudio.engine.tensor;
