package org.adapterstudio.contract.run.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {
  @TempDir Path folder;

  @Test
  void aLargeFileIsReadOnceUntilItsTimeOrSizeChangesAndAVerificationReadsItAgain()
      throws IOException {
    Path kept = folder.resolve("home/hashes.json");
    Path file = Files.write(folder.resolve("weights"), new byte[2 << 20]);
    FileTime time = Files.getLastModifiedTime(file);
    String first = FileHashes.keptIn(kept).of(file).sha256();
    byte[] other = new byte[2 << 20];
    other[7] = 1;
    Files.write(file, other);
    Files.setLastModifiedTime(file, time);
    assertThat(FileHashes.keptIn(kept).of(file).sha256()).isEqualTo(first);
    String second = FileHashes.fresh(kept).of(file).sha256();
    assertThat(second).isNotEqualTo(first);
    assertThat(FileHashes.keptIn(kept).of(file).sha256()).isEqualTo(second);
    Files.writeString(kept, "{half");
    assertThat(FileHashes.keptIn(kept).of(file).sha256()).isEqualTo(second);
  }

  @Test
  void aFolderIsItsNamesAndContents() throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures/cats"));
    Files.writeString(pictures.resolve("a.txt"), "a");
    FileHashes hashes = FileHashes.unkept();
    String one = hashes.of(folder.resolve("pictures")).sha256();
    Files.move(pictures.resolve("a.txt"), pictures.resolve("b.txt"));
    assertThat(hashes.of(folder.resolve("pictures")).sha256()).isNotEqualTo(one);
  }
}
