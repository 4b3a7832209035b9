package org.adapterstudio.engine.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small WAV files of one channel and 16 bits. */
public final class Wav {
  private Wav() {}

  /** Writes samples from -1 to 1. */
  public static Path write(Path file, float[] samples, int rate) throws IOException {
    return Files.write(file, bytes(samples, rate));
  }

  private static byte[] bytes(float[] samples, int rate) {
    int length = 2 * samples.length;
    var bytes = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
    name(bytes, "RIFF").putInt(36 + length);
    name(bytes, "WAVE");
    name(bytes, "fmt ").putInt(16).putShort((short) 1).putShort((short) 1).putInt(rate);
    bytes.putInt(2 * rate).putShort((short) 2).putShort((short) 16);
    name(bytes, "data").putInt(length);
    for (float sample : samples) {
      bytes.putShort((short) Math.round(sample * 32767));
    }
    return bytes.array();
  }

  private static ByteBuffer name(ByteBuffer bytes, String name) {
    return bytes.put(name.getBytes(StandardCharsets.US_ASCII));
  }
}
