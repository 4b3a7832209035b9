package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.io.TempDir;

/** Commands run in a folder of their own, their engine answering what is scripted. */
abstract class ScriptedStudio {
  @TempDir Path folder;
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final List<Request> asked = new ArrayList<>();
  final List<RunFolder> launched = new ArrayList<>();
  Reply answer = new Reply.Failed(Failure.badInput("Nothing was scripted.", ""));
  Consumer<RunFolder> engine = _ -> {};

  String at(String name) {
    return folder.resolve(name).toString();
  }

  JsonNode json(String... args) {
    out.getBuffer().setLength(0);
    assertThat(studio(args)).as(err.toString()).isZero();
    return Json.parse(out.toString(), "output");
  }

  int studio(String... args) {
    var desk =
        new Desk(
            new PrintWriter(out),
            new PrintWriter(err),
            folder,
            ScriptedEngine::new,
            run -> {
              launched.add(run);
              engine.accept(run);
            },
            _ -> () -> {},
            _ -> {},
            null,
            false);
    return Studio.run(desk, args);
  }

  /** Answers every request with the scripted reply. */
  private final class ScriptedEngine implements EngineClient {
    @Override
    public Call send(Request request, Consumer<Reply> onReply) {
      asked.add(request);
      if (answer instanceof Reply.Generated generated) {
        onReply.accept(new Reply.Token(generated.text()));
      }
      onReply.accept(answer);
      return new Call() {
        @Override
        public CompletableFuture<Reply> last() {
          return CompletableFuture.completedFuture(answer);
        }

        @Override
        public void cancel() {}
      };
    }

    @Override
    public void close() {}
  }
}
