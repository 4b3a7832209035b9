package org.adapterstudio.app.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/**
 * One life of the interactive engine's process: requests go to its stdin, replies come from its
 * stdout, everything else it says goes to the log. When the process ends, open calls fail.
 */
final class EngineConnection {
  private final Process process;
  private final BufferedWriter requests;
  private final Path log;
  private final long logStart;
  private final Map<Long, EngineCall> calls = new ConcurrentHashMap<>();
  private volatile boolean closing;
  private volatile Reply.Ready ready;
  private volatile boolean ended;

  private EngineConnection(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
    this.requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread.ofPlatform().daemon().name("engine-replies").start(this::read);
  }

  static EngineConnection start(List<String> command, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    long logStart = LogTail.end(log);
    var builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    EngineHome.calm(builder.environment());
    return new EngineConnection(builder.start(), log, logStart);
  }

  /** Whether the process lives and takes requests. */
  synchronized boolean usable() {
    return !ended && !closing && process.isAlive();
  }

  /** What is known of this life of the process. */
  EngineStatus status() {
    if (ended || !process.isAlive()) {
      return closing ? EngineStatus.ASLEEP : new EngineStatus(EngineStatus.Phase.STOPPED, "", 0);
    }
    Reply.Ready heard = ready;
    return heard == null
        ? new EngineStatus(EngineStatus.Phase.STARTING, "", 0)
        : new EngineStatus(EngineStatus.Phase.READY, heard.device(), heard.threads());
  }

  /** Sends a request whose replies the call hears; a process that is gone fails the call. */
  void send(EngineCall call, Request request) {
    synchronized (this) {
      if (!ended) {
        calls.put(call.id(), call);
      }
    }
    if (!calls.containsKey(call.id())) {
      call.accept(new Reply.Failed(lost()));
      return;
    }
    write(call.id(), request);
  }

  /** Sends a request whose replies nobody hears. */
  void write(long id, Request request) {
    ObjectNode line = Json.object();
    line.put("id", id);
    line.setAll(Json.<ObjectNode>tree(request));
    synchronized (requests) {
      try {
        requests.write(Json.line(line));
        requests.write('\n');
        requests.flush();
      } catch (IOException e) {
        note("A request could not be sent: " + e.getMessage()); // the reader reports the death
      }
    }
  }

  /** Ends the process: end of input, after 10 s a request to end, after 5 s more by force. */
  void close() {
    closing = true;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      note("The engine's input could not be closed: " + e.getMessage());
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    end();
  }

  private void read() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        hear(line);
      }
    } catch (IOException e) {
      note("The engine's replies cannot be read: " + e.getMessage());
    }
    end();
  }

  private void hear(String line) {
    try {
      JsonNode node = Json.mapper().readTree(line);
      if (node == null || !node.path("id").isIntegralNumber()) {
        note(line);
        return;
      }
      deliver(node.path("id").asLong(), Json.mapper().treeToValue(node, Reply.class));
    } catch (JsonProcessingException e) {
      note(line);
    }
  }

  private void deliver(long id, Reply reply) {
    if (reply instanceof Reply.Ready up) {
      ready = up;
    }
    if (id == 0) { // news of the engine itself concern everyone who waits
      calls.values().forEach(call -> call.accept(reply));
      return;
    }
    EngineCall call = reply.last() ? calls.remove(id) : calls.get(id);
    if (call != null) {
      call.accept(reply);
    }
  }

  private void end() {
    synchronized (this) {
      ended = true;
    }
    for (long id : List.copyOf(calls.keySet())) {
      EngineCall call = calls.remove(id);
      if (call != null) {
        call.accept(new Reply.Failed(lost()));
      }
    }
  }

  private Failure lost() {
    if (closing) {
      return new Failure("cancelled", "The engine was closed.", "", "");
    }
    return new Failure(
        "engine_lost",
        "The engine ended unexpectedly (" + exit() + ").",
        "Try again; its log is " + log + ".",
        LogTail.of(log, logStart));
  }

  private String exit() {
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        return "it closed its output but still runs";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "exit code unknown";
    }
    int code = process.exitValue();
    return code > 128 ? "signal " + (code - 128) : "exit code " + code;
  }

  private void note(String line) {
    try {
      Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println(line); // no log to write to: the last place left
    }
  }
}
