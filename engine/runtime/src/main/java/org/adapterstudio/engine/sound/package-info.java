/**
 * Sound as a speech model takes it: WAV files read, mixed to one channel, resampled and turned into
 * the log-mel features that Hugging Face's Whisper feature extractor makes. Plain Java arrays only:
 * must not import tensors, models or data.
 */
package org.adapterstudio.engine.sound;
