package org.adapterstudio.engine.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.kernel.LibTorch;
import org.adapterstudio.engine.run.Natives;
import org.adapterstudio.engine.run.RunEngine;
import org.slf4j.LoggerFactory;

/**
 * The interactive engine: one JSON object a line in, any number of them out, until the input ends.
 * Two requests are worked on at a time, so that base and adapter can answer side by side.
 */
public final class EngineServer {
  private final InputStream in;
  private final PrintStream out;
  private final Map<Long, AtomicBoolean> cancels = new ConcurrentHashMap<>();
  private final Models models = new Models();
  private final DataHandlers data = new DataHandlers(models);

  /** A server between two streams. */
  public EngineServer(InputStream in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /** Serves until the parent closes the input or dies. */
  public void serve() throws IOException {
    Natives.start(
        "cpu",
        done -> send(0, new Reply.Progress("unpacking", done, Natives.TOTAL_MEGABYTES, "MB")));
    int threads = Runtime.getRuntime().availableProcessors();
    send(0, new Reply.Ready(RunEngine.VERSION, ProcessHandle.current().pid(), "cpu", threads));
    try (ExecutorService workers = Executors.newFixedThreadPool(2);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(line, workers);
      }
      cancels.values().forEach(cancel -> cancel.set(true));
    }
    models.close();
  }

  private void accept(String line, ExecutorService workers) {
    if (line.isBlank()) {
      return;
    }
    long id = -1;
    try {
      JsonNode node = Json.parse(line, "The request");
      id = node.path("id").asLong(-1);
      Request request = Json.as(node, Request.class);
      if (request instanceof Request.Cancel cancel) {
        cancels.computeIfPresent(cancel.request(), (_, flag) -> raised(flag));
        return;
      }
      long known = id;
      var flag = new AtomicBoolean();
      cancels.put(known, flag);
      workers.submit(() -> work(known, request, flag));
    } catch (RuntimeException e) {
      send(id, new Reply.Failed(Failure.of(e)));
    }
  }

  private void work(long id, Request request, AtomicBoolean cancelled) {
    var call = new Call(reply -> send(id, reply), cancelled);
    try {
      call.checkCancelled();
      send(id, answer(request, call));
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(EngineServer.class).info("Request {} failed", id, e);
      send(id, new Reply.Failed(Failure.of(e)));
    } finally {
      cancels.remove(id);
    }
  }

  private Reply answer(Request request, Call call) {
    return switch (request) {
      case Request.Chat chat -> ChatHandler.answer(chat, models, call);
      case Request.Logits logits -> LogitsHandler.answer(logits, models, call);
      case Request.PreviewData preview -> data.preview(preview, call);
      case Request.Plan plan -> data.plan(plan, call);
      case Request.Export export -> ExportHandler.answer(export, models, call);
      case Request.Convert convert -> ConvertHandler.answer(convert, models, call);
      case Request.Merge merge -> MergeHandler.answer(merge, call);
      case Request.Score score -> data.score(score, call);
      case Request.Classify classify -> ClassifyHandler.answer(classify, models, call);
      case Request.NewModel fresh -> NewModelHandler.answer(fresh, call);
      case Request.Arena arena -> ArenaHandler.answer(arena, call);
      case Request.Runtime _ -> runtime();
      case Request.Cancel _ -> throw new IllegalStateException("handled before");
    };
  }

  private static Reply runtime() {
    LibTorch libtorch = LibTorch.inUse();
    return new Reply.Runtime(
        RunEngine.VERSION,
        ProcessHandle.current().pid(),
        Runtime.getRuntime().availableProcessors(),
        libtorch.version(),
        libtorch.folder(),
        libtorch.chosen(),
        libtorch.cuda(),
        libtorch.devices(),
        libtorch.driver());
  }

  private void send(long id, Reply reply) {
    ObjectNode line = Json.object();
    line.put("id", id);
    line.setAll(Json.<ObjectNode>tree(reply));
    synchronized (out) {
      out.println(Json.line(line));
      out.flush();
    }
  }

  private static AtomicBoolean raised(AtomicBoolean flag) {
    flag.set(true);
    return flag;
  }
}
