package org.adapterstudio.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineProcessTest {
  @TempDir Path folder;
  private EngineProcess engine;

  @BeforeEach
  void makeEngine() {
    engine = new EngineProcess(EchoEngine::command, log());
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void passesEveryReplyOnInOrder() {
    var heard = Collections.synchronizedList(new ArrayList<Reply>());
    Reply last = engine.send(chat("héllo"), heard::add).last().join();
    assertThat(heard.removeIf(Reply.Ready.class::isInstance)).isTrue();
    assertThat(heard)
        .containsExactly(
            new Reply.Token("h"),
            new Reply.Token("éllo"),
            new Reply.Generated("héllo", 1, 2, 3.5, "stop_token"));
    assertThat(last).isEqualTo(heard.getLast());
  }

  @Test
  void keepsTwentyCallsApart() {
    var calls =
        IntStream.range(0, 20).mapToObj(n -> engine.send(chat("call " + n), _ -> {})).toList();
    for (int n = 0; n < 20; n++) {
      assertThat(calls.get(n).last().join())
          .isEqualTo(new Reply.Generated("call " + n, 1, 2, 3.5, "stop_token"));
    }
  }

  @Test
  void cancelsTheCallItWasAskedToAndNoOther() {
    var waiting = engine.send(chat("wait"), _ -> {});
    var other = engine.send(chat("other"), _ -> {});
    assertThat(other.last().join()).isInstanceOf(Reply.Generated.class);
    waiting.cancel();
    assertThat(failure(waiting).kind()).isEqualTo("cancelled");
  }

  @Test
  void failsOpenCallsWithExitCodeAndLastLogLinesWhenTheEngineDies() {
    var waiting = engine.send(chat("wait"), _ -> {});
    var killer = engine.send(chat("die"), _ -> {});
    for (var call : List.of(waiting, killer)) {
      var failure = failure(call);
      assertThat(failure.kind()).isEqualTo("engine_lost");
      assertThat(failure.sentence()).contains("exit code 42");
      assertThat(failure.action()).contains(log().toString());
      assertThat(failure.detail()).contains("the last words of the engine");
    }
  }

  @Test
  void startsAnotherEngineAfterADeath() {
    engine.send(chat("die"), _ -> {}).last().join();
    assertThat(engine.send(chat("again"), _ -> {}).last().join())
        .isInstanceOf(Reply.Generated.class);
  }

  @Test
  void putsLinesThatAreNoRepliesIntoTheLog() throws Exception {
    assertThat(engine.send(chat("garbage"), _ -> {}).last().join())
        .isEqualTo(new Reply.Generated("after garbage", 1, 2, 3.5, "stop_token"));
    assertThat(Files.readString(log())).contains("no JSON at all", "seven", "[1, 2");
  }

  @Test
  void readsLinesOfFiveMillionCharacters() {
    var last = (Reply.Generated) engine.send(chat("big"), _ -> {}).last().join();
    assertThat(last.text()).hasSize(5_000_000);
  }

  @Test
  void endsTheProcessAndFailsOpenCallsOnClose() throws Exception {
    var pid = new java.util.concurrent.CompletableFuture<Long>();
    var waiting =
        engine.send(
            chat("wait"),
            reply -> {
              if (reply instanceof Reply.Ready ready) {
                pid.complete(ready.pid());
              }
            });
    long child = pid.get(30, TimeUnit.SECONDS);
    engine.close();
    assertThat(failure(waiting).kind()).isEqualTo("cancelled");
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(failure(engine.send(chat("late"), _ -> {})).sentence()).contains("closed");
  }

  @Test
  void saysSoWhenTheEngineCannotBeStarted() {
    try (var none = new EngineProcess(() -> List.of("/no/such/java"), log())) {
      var failure = failure(none.send(chat("hello"), _ -> {}));
      assertThat(failure.kind()).isEqualTo("engine_missing");
      assertThat(failure.sentence()).contains("/no/such/java");
    }
  }

  @Test
  void aListenerThatThrowsFailsItsOwnCallOnly() {
    var broken =
        engine.send(
            chat("broken"),
            reply -> {
              if (reply instanceof Reply.Token) {
                throw new IllegalStateException("cannot show it");
              }
            });
    assertThat(failure(broken).detail()).contains("cannot show it");
    assertThat(engine.send(chat("fine"), _ -> {}).last().join())
        .isInstanceOf(Reply.Generated.class);
  }

  private Path log() {
    return folder.resolve("logs").resolve("engine.log");
  }

  private static org.adapterstudio.contract.Failure failure(EngineClient.Call call) {
    return ((Reply.Failed) call.last().join()).failure();
  }

  private static Request chat(String text) {
    var message = new Request.Message("user", text);
    return new Request.Chat("m", null, List.of(message), false, null, 8, 0, 1, 0, 1);
  }
}
