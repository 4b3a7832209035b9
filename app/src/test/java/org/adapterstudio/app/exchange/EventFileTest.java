package org.adapterstudio.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir Path folder;

  @Test
  void theMaskedSumsAreThoseOfThePublishedCheckValues() {
    // RFC 3720, B.4: crc32c of 32 zeros, of 32 ones, of 0..31; and the usual "123456789".
    byte[] ones = new byte[32];
    byte[] rising = new byte[32];
    for (int i = 0; i < 32; i++) {
      ones[i] = -1;
      rising[i] = (byte) i;
    }
    assertThat(unmasked(new byte[32])).isEqualTo(0x8a9136aa);
    assertThat(unmasked(ones)).isEqualTo(0x62a8ab43);
    assertThat(unmasked(rising)).isEqualTo(0x46dd794e);
    assertThat(unmasked("123456789".getBytes(StandardCharsets.UTF_8))).isEqualTo(0xe3069283);
  }

  private static int unmasked(byte[] bytes) {
    return Integer.rotateLeft(EventFile.masked(bytes) - 0xa282ead8, 15);
  }

  @Test
  void everyByteIsWhatTensorBoardsOwnWriterWrites() throws IOException {
    var out = new ByteArrayOutputStream();
    long start = SyntheticRun.START;
    var events = new EventFile(out, start);
    events.write(new Scalar("train/loss", 1, start + 800, 2.5));
    events.write(new Scalar("train/learning_rate", 1, start + 800, 3e-4));
    events.write(new Scalar("train/loss", 300, start + 240_125, 0));
    events.write(new Scalar("eval/loss", 0, start + 241_500, Double.NaN));
    String rank = "spectra/model.layers.0.self_attn.q_proj/effective_rank";
    events.write(new Scalar(rank, 70_000, start + 241_500, 3.25));
    try (var golden = EventFileTest.class.getResourceAsStream("/exchange/tensorboard.tfevents")) {
      assertThat(out.toByteArray()).isEqualTo(golden.readAllBytes());
    }
  }

  @Test
  void everyNumberOfARunComesBackFromItsFile() throws IOException {
    var run = new SyntheticRun(folder.resolve("run"), SyntheticRun.recipe()).begin(200);
    run.train(1, 200, 200, 2).add(5, new Event.Finished(200, 160)).write();
    var log = new RunLog(RunHistory.of(run.run()));
    Path file = log.tensorBoard(folder.resolve("logs"));
    assertThat(file.getFileName().toString())
        .isEqualTo("events.out.tfevents.1772460131.studio.8123.0");
    List<Scalar> read = EventFileReader.read(Files.readAllBytes(file));
    List<Scalar> told = Scalar.of(RunHistory.of(run.run()));
    assertThat(read).hasSameSizeAs(told).hasSize(log.size());
    for (int i = 0; i < read.size(); i++) {
      Scalar wanted = told.get(i);
      assertThat(read.get(i))
          .isEqualTo(
              new Scalar(wanted.tag(), wanted.step(), wanted.time(), (float) wanted.value()));
    }
    log.tensorBoard(folder.resolve("logs"));
    assertThat(folder.resolve("logs")).isDirectoryContaining("glob:**events.out.tfevents.*");
    try (var files = Files.list(folder.resolve("logs"))) {
      assertThat(files.count()).as("a second export replaces the first").isEqualTo(1);
    }
  }

  @Test
  void aBrokenByteIsFoundByTheReaderOfThisTest() throws IOException {
    var out = new ByteArrayOutputStream();
    new EventFile(out, SyntheticRun.START).write(new Scalar("train/loss", 1, 0, 1));
    byte[] spoiled = out.toByteArray();
    spoiled[spoiled.length - 9] ^= 1;
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> EventFileReader.read(spoiled))
        .hasMessageContaining("crc");
    assertThat(ByteBuffer.wrap(spoiled).order(ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(24);
  }
}
