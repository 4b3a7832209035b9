package org.adapterstudio.engine.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Assembles kernel text into a TorchScript archive that LibTorch loads without Python: a stored
 * (uncompressed) zip with one module {@code Ops} that has no parameters.
 */
final class KernelArchive {
  private static final String HEAD =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private KernelArchive() {}

  /** Writes the archive of some method texts, each indented by two blanks, to a file. */
  static void write(Path file, List<String> methods) {
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "ops/data.pkl", pickledModule());
      store(zip, "ops/code/__torch__.py", (HEAD + String.join("\n", methods)).getBytes(UTF_8));
      store(zip, "ops/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "ops/version", "10\n".getBytes(UTF_8));
      store(zip, "ops/byteorder", "little".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  /** The pickle (protocol 2) of {@code __torch__.Ops} with the one attribute training = False. */
  private static byte[] pickledModule() throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, 2});
    out.write("c__torch__\nOps\n".getBytes(UTF_8));
    out.write(new byte[] {'q', 0, ')', (byte) 0x81, '}', '('});
    out.write(new byte[] {'X', 8, 0, 0, 0});
    out.write("training".getBytes(UTF_8));
    out.write(new byte[] {'q', 1, (byte) 0x89, 'u', 'b', '.'});
    return out.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var entry = new ZipEntry(name);
    var crc = new CRC32();
    crc.update(bytes);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
