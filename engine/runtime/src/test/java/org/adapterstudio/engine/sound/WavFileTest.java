package org.adapterstudio.engine.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {
  @TempDir Path folder;

  @Test
  void readsOnlyAsMuchAsIsHeard() throws IOException {
    Path file = Wav.write(folder.resolve("a.wav"), new float[5000], 1000);
    assertThat(WavFile.check(file)).isEqualTo(5);
    assertThat(WavFile.read(file, 2).samples()).hasSize(2000);
    assertThat(WavFile.read(file, 30).samples()).hasSize(5000);
  }

  @Test
  void refusesWhatIsNoSoundByName() throws IOException {
    refused(
        Files.writeString(folder.resolve("a.wav"), "fLaC.............."),
        "not a WAV file but FLAC");
    refused(Files.writeString(folder.resolve("a.wav"), "ID3"), "not a WAV file");
    refused(Files.createFile(folder.resolve("empty.wav")), "not a WAV file");
    refused(changed(bytes -> bytes.putShort(20, (short) 7)), "coded in format 7 with 16 bits");
    refused(changed(bytes -> bytes.putShort(22, (short) 0)), "0 channels");
    refused(changed(bytes -> bytes.putShort(32, (short) 3)), "block size");
    refused(changed(bytes -> bytes.putInt(40, 1_000_000)), "cut short: 200 bytes of 1000000");
    refused(changed(bytes -> bytes.putInt(40, 0)), "holds no sound");
    refused(changed(bytes -> bytes.putInt(16, -16)), "its format is cut short");
    refused(changed(bytes -> bytes.putInt(36, 0)), "cut short before its sound");
    assertThatThrownBy(() -> WavFile.check(folder.resolve("missing.wav")))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("missing.wav cannot be read: there is no such file");
  }

  @Test
  void refusesNumbersThatAreNotFinite() throws IOException {
    Path file =
        changed(
            bytes -> {
              bytes.putShort(20, (short) 3).putShort(32, (short) 4).putShort(34, (short) 32);
              bytes.putFloat(48, Float.NaN);
            });
    assertThatThrownBy(() -> WavFile.read(file, 30))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("sample 1 is not a finite number");
  }

  private Path changed(Consumer<ByteBuffer> change) throws IOException {
    Path file = Wav.write(folder.resolve("changed.wav"), new float[100], 16_000);
    byte[] bytes = Files.readAllBytes(file);
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return Files.write(file, Arrays.copyOf(bytes, bytes.length));
  }

  private static void refused(Path file, String words) {
    assertThatThrownBy(() -> WavFile.check(file))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(file + " is not a sound that can be read")
        .hasMessageContaining(words)
        .hasMessageContaining("ffmpeg");
  }
}
