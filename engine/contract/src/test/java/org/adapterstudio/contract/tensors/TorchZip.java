package org.adapterstudio.contract.tensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes zip files in the layout of PyTorch's, sound ones and others. */
final class TorchZip {
  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private int method = ZipEntry.STORED;

  /** A pickle of Latin-1 characters, each a byte. */
  static TorchZip pickle(String bytes) {
    return new TorchZip().with("archive/data.pkl", bytes);
  }

  TorchZip with(String name, String bytes) {
    parts.put(name, bytes.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  TorchZip compressed() {
    method = ZipEntry.DEFLATED;
    return this;
  }

  Path write(Path file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var part : parts.entrySet()) {
        var crc = new CRC32();
        crc.update(part.getValue());
        var entry = new ZipEntry(part.getKey());
        entry.setMethod(method);
        entry.setSize(part.getValue().length);
        entry.setCrc(crc.getValue());
        if (method == ZipEntry.STORED) {
          entry.setCompressedSize(part.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(part.getValue());
      }
    }
    return Files.write(file, bytes.toByteArray());
  }
}
