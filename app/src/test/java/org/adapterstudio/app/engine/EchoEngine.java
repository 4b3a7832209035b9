package org.adapterstudio.app.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;

/**
 * A real process that speaks the engine's protocol without an engine. The first message's content
 * tells it what to do.
 */
public final class EchoEngine {
  private static final AtomicLong CANCELLED = new AtomicLong();
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private EchoEngine() {}

  /** Its command line on this very Java and class path. */
  static List<String> command() {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        EchoEngine.class.getName());
  }

  public static void main(String[] args) throws Exception {
    reply(0, new Reply.Ready("test", ProcessHandle.current().pid(), "cpu", 1));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = Json.mapper().readTree(line);
      if (request.path("type").asText().equals("cancel")) {
        CANCELLED.set(request.path("request").asLong());
      } else {
        Thread.ofPlatform().daemon().start(() -> answer(request));
      }
    }
  }

  private static void answer(JsonNode request) {
    long id = request.path("id").asLong();
    String text = request.path("messages").path(0).path("content").asText();
    switch (text) {
      case "die" -> {
        System.err.println("the last words of the engine");
        Runtime.getRuntime().halt(42);
      }
      case "garbage" -> {
        OUT.println("no JSON at all");
        OUT.println("{\"id\": \"seven\"}");
        OUT.println("[1, 2");
        done(id, "after garbage");
      }
      case "big" -> done(id, "x".repeat(5_000_000));
      case "wait" -> waitForCancel(id);
      default -> {
        reply(id, new Reply.Token(text.substring(0, 1)));
        reply(id, new Reply.Token(text.substring(1)));
        done(id, text);
      }
    }
  }

  private static void waitForCancel(long id) {
    while (CANCELLED.get() != id) {
      Thread.onSpinWait();
    }
    reply(id, new Reply.Failed(new Failure("cancelled", "Stopped on request.", "", "")));
  }

  private static void done(long id, String text) {
    reply(id, new Reply.Generated(text, 1, 2, 3.5, "stop_token"));
  }

  private static synchronized void reply(long id, Reply reply) {
    ObjectNode line = Json.object().put("id", id);
    line.setAll(Json.<ObjectNode>tree(reply));
    OUT.println(Json.line(line));
  }
}
