package org.adapterstudio.engine.sound;

/**
 * One channel of sound.
 *
 * @param samples from -1 to 1
 * @param rate samples a second
 */
public record Sound(float[] samples, int rate) {}
