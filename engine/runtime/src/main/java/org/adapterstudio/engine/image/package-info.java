/**
 * Pictures as a model takes them: PNG and JPEG files read, turned upright, resized, cropped and
 * normalised as {@code preprocessor_config.json} says, number for number as Hugging Face's image
 * processors do it with Pillow. Plain Java arrays only: must not import tensors, models or data.
 */
package org.adapterstudio.engine.image;
