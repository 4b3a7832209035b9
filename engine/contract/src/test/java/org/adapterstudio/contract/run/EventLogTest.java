package org.adapterstudio.contract.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("events.jsonl");
  }

  @Test
  void everyKindOfEventReadsBackEqual() {
    List<Event> events =
        List.of(
            new Event.Started(12, "0.1.0", "cpu", 2, 0),
            new Event.Phase("tokenizing", 3, 9, "rows"),
            new Event.Planned(10, 90, 5, 1, 2, 1000, 5000),
            step(1, 0.1234567890123456789),
            new Event.Evaluated(1, 2.5, 10, true, 0.2, Map.of()),
            new Event.Spectrum(
                1,
                List.of(
                    new Event.Spectrum.Layer("q", 1.5, 1.2, 0.3, List.of(0.3, 0.1)),
                    new Event.Spectrum.Layer(
                        "v", 1.5, 1.2, 0.3, List.of(0.3, 0.1), 0.25, List.of(2.5, 60.0)))),
            new Event.Sampled(1, "a \"b\"\n", "c", "ü"),
            new Event.CheckpointSaved(1, "step-1", 100, 0.1, "stop"),
            new Event.Exported("adapter", "/x", 10, 1e-6),
            new Event.Warned(1, "careful"),
            new Event.Warned(
                1,
                "It rises.",
                "evaluation_rises",
                "1.4 after step 1.",
                List.of(
                    new Act.StopKeepBest(1),
                    new Act.HalveLearningRate(),
                    new Act.PlanRank(4),
                    new Act.PlanBatch(1, 8),
                    new Act.SkipBatches())),
            new Event.NonFinite(1, "loss", 2, List.of(4, 7), List.of(7), "q.lora_A", true),
            new Event.Adjusted(1, Adjustment.halfLearningRate().takenUp(1)),
            new Event.Paused(1),
            new Event.WentOn(1),
            new Event.Stopped(1),
            new Event.Finished(2, 3.5),
            new Event.Failed(2, Failure.badInput("a", "b")));
    try (EventLog log = EventLog.open(file)) {
      events.forEach(log::append);
    }
    assertThat(EventLog.readAll(file)).extracting(EventLog.Entry::event).isEqualTo(events);
    assertThat(EventLog.readAll(file)).extracting(EventLog.Entry::seq).startsWith(1L, 2L, 3L);
  }

  @Test
  void aTornLastLineIsLeftOutWhenReadAndCutWhenWritingGoesOn() throws IOException {
    try (EventLog log = EventLog.open(file)) {
      log.append(step(1, 2));
    }
    Files.writeString(file, "{\"seq\":2,\"type\":\"st", StandardOpenOption.APPEND);
    assertThat(EventLog.readAll(file)).hasSize(1);
    try (EventLog log = EventLog.open(file)) {
      log.append(step(2, 3));
    }
    assertThat(EventLog.readAll(file)).extracting(EventLog.Entry::seq).containsExactly(1L, 2L);
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aReaderContinuesWhereItStopped() {
    try (EventLog log = EventLog.open(file)) {
      log.append(step(1, 2));
      EventLog.Tail first = EventLog.read(file, 0);
      log.append(step(2, 1));
      EventLog.Tail second = EventLog.read(file, first.end());
      assertThat(second.entries()).extracting(EventLog.Entry::seq).containsExactly(2L);
      assertThat(EventLog.read(file, second.end()).entries()).isEmpty();
    }
  }

  @Test
  void eventsOfANewerStudioAreSkippedNotRefused() throws IOException {
    Files.writeString(file, "{\"seq\":1,\"time\":5,\"type\":\"rank_advice\",\"rank\":3}\n");
    assertThat(EventLog.readAll(file))
        .extracting(EventLog.Entry::event)
        .containsExactly(new Event.Unknown());
  }

  @Test
  void aWarningOfAnOlderStudioHasNoProofAndNoActsAndAnUnknownActIsKeptAsSuch() throws IOException {
    Files.writeString(
        file,
        """
        {"seq":1,"time":5,"type":"warned","step":3,"sentence":"Rows were cut."}
        {"seq":2,"time":6,"type":"warned","step":3,"sentence":"a","acts":[{"type":"fly","high":1}]}
        """);
    assertThat(EventLog.readAll(file))
        .extracting(EventLog.Entry::event)
        .containsExactly(
            new Event.Warned(3, "Rows were cut."),
            new Event.Warned(3, "a", "", "", List.of(new Act.Unknown())));
  }

  static Event.Step step(int step, double loss) {
    return new Event.Step(step, loss, 1e-3, 0.5, 0.1, 100, 1000, 1 << 20, 0.1);
  }
}
