package org.adapterstudio.engine.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Puts right what would keep a reader from the damage. */
final class Wrapping {
  private Wrapping() {}

  /** The JSON of a safetensors file, its length before it and the tensors' bytes behind. */
  static byte[] safetensors(byte[] json, byte[] whole) {
    int data = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    var out = ByteBuffer.allocate(8 + json.length + whole.length - data);
    out.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    return out.put(whole, data, whole.length - data).array();
  }

  /** The JSON alone. */
  static byte[] header(byte[] whole) {
    int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] json = new byte[length];
    System.arraycopy(whole, 8, json, 0, length);
    return json;
  }

  /** A PNG whose chunks have right checksums, as far as they can be told apart. */
  static byte[] png(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    int at = 8;
    while (at + 12 <= bytes.length) {
      long length = buffer.getInt(at) & 0xffffffffL;
      if (at + 12 + length > bytes.length) {
        break;
      }
      var crc = new CRC32();
      crc.update(bytes, at + 4, (int) length + 4);
      buffer.putInt(at + 8 + (int) length, (int) crc.getValue());
      at += 12 + (int) length;
    }
    return bytes;
  }

  /** The parts of a zip file by name. */
  static Map<String, byte[]> parts(Path file) throws IOException {
    var parts = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (var in = zip.getInputStream(entry)) {
          parts.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return parts;
  }

  /** A zip file with one part replaced, nothing packed. */
  static byte[] zip(Map<String, byte[]> parts, String replaced, byte[] by) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (var part : parts.entrySet()) {
        byte[] content = part.getKey().equals(replaced) ? by : part.getValue();
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(part.getKey());
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
