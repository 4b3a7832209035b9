package org.adapterstudio.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineServerTest {
  @TempDir Path folder;
  private PicoProject project;
  private PrintStream requests;
  private BufferedReader replies;
  private Thread server;

  @BeforeEach
  void start() throws IOException {
    project = new PicoProject(folder);
    var in = new PipedInputStream(1 << 16);
    requests = new PrintStream(new PipedOutputStream(in), true, StandardCharsets.UTF_8);
    var out = new PipedInputStream(1 << 20);
    var protocol = new PrintStream(new PipedOutputStream(out), true, StandardCharsets.UTF_8);
    replies = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
    server =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    new EngineServer(in, protocol).serve();
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
  }

  @AfterEach
  void endOfInputEndsTheServer() throws InterruptedException {
    requests.close();
    server.join(10_000);
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void aZeroAdapterAnswersTokenForTokenAsTheBase() throws IOException {
    Path adapter = folder.resolve("zero");
    try (var base = BaseModel.load(project.base(), "float32");
        var model =
            AdaptedModel.attach(
                base, org.adapterstudio.contract.recipe.Recipe.Adapter.of("lora"), 1)) {
      AdapterFolder.write(model, adapter, "");
    }
    send(1, chat(null, 12));
    send(2, chat(adapter.toString(), 12));
    var texts = new String[3];
    for (int ended = 0; ended < 2; ) {
      JsonNode line = line();
      if (line.path("type").asText().equals("generated")) {
        texts[line.path("id").asInt()] = line.path("text").asText();
        ended++;
      }
      assertThat(line.path("type").asText()).isNotEqualTo("failed");
    }
    assertThat(texts[1]).isNotEmpty().isEqualTo(texts[2]);
  }

  @Test
  void aBaseAskedBesideAnAdapterAnswersAsInAnEngineThatNeverSawOne() throws Exception {
    var run = project.run("moved", "training.max_steps=20", "training.learning_rate=0.05");
    assertThat(org.adapterstudio.engine.run.RunEngine.run(run.path())).isTrue();
    String adapter = run.adapter().toString();
    send(1, chat(adapter, 12));
    send(2, chat(null, 12));
    List<Reply> beside = until(2);
    send(3, chat(adapter, 12));
    List<Reply> adapted = until(3);
    endOfInputEndsTheServer();
    start();
    send(4, chat(null, 12));
    List<Reply> alone = until(4);
    assertThat(tokens(beside)).isNotEmpty().isEqualTo(tokens(alone));
    assertThat(tokens(adapted)).isNotEqualTo(tokens(alone));
  }

  private static List<String> tokens(List<Reply> replies) {
    return replies.stream()
        .filter(Reply.Token.class::isInstance)
        .map(reply -> ((Reply.Token) reply).text())
        .toList();
  }

  @Test
  void tokensArriveBeforeTheEndAndTogetherAreTheText() throws IOException {
    send(5, chat(null, 8));
    var pieces = new StringBuilder();
    for (Reply reply : until(5)) {
      if (reply instanceof Reply.Token token) {
        pieces.append(token.text());
      }
      if (reply instanceof Reply.Generated generated) {
        assertThat(generated.text()).isEqualTo(pieces.toString());
        assertThat(generated.newTokens()).isEqualTo(8);
      }
    }
    assertThat(pieces).isNotEmpty();
  }

  @Test
  void cancelEndsARequestAsCancelled() throws IOException {
    send(7, chat(null, 50));
    send(8, new Request.Cancel(7));
    Reply last = until(7).getLast();
    boolean wasFaster = last instanceof Reply.Generated;
    boolean cancelled = last instanceof Reply.Failed f && f.failure().kind().equals("cancelled");
    assertThat(wasFaster || cancelled).isTrue();
  }

  @Test
  void aFailureIsASentenceAndTheServerGoesOn() throws IOException {
    send(1, new Request.Chat("/no/such", null, List.of(), true, null, 5, 0, 1, 0, 1));
    assertThat(until(1).getLast())
        .isInstanceOfSatisfying(
            Reply.Failed.class,
            failed -> assertThat(failed.failure().sentence()).contains("/no/such"));
    requests.println("{\"id\":2,\"type\":\"chat\",\"model\":");
    assertThat(line().path("failure").path("sentence").asText()).contains("not valid JSON");
    send(3, chat(null, 2));
    assertThat(until(3).getLast()).isInstanceOf(Reply.Generated.class);
  }

  @Test
  void aPlanCountsStepsRowsAndParametersAndNamesProblems() throws IOException {
    send(1, new Request.Plan(project.recipe()));
    var plan = (Reply.Planned) until(1).getLast();
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.totalSteps()).isEqualTo(12);
    assertThat(plan.trainRows() + plan.evalRows()).isEqualTo(40);
    assertThat(plan.memoryBytes().total()).isPositive();
    send(2, new Request.Plan(project.recipe("adapter.rank=33")));
    var refused = (Reply.Planned) until(2).getLast();
    assertThat(refused.problems().getFirst().sentence()).contains("rank 33 does not fit");
    send(3, new Request.Plan(project.recipe("adapter.bias=some")));
    var unknown = (Reply.Planned) until(3).getLast();
    assertThat(unknown.problems().getFirst().sentence()).contains("adapter.bias", "lora_only");
  }

  @Test
  void aPlanSeesRowsThatChangedSinceTheLastOne() throws IOException {
    send(1, new Request.Plan(project.recipe()));
    until(1);
    project.writeRows(java.util.Collections.nCopies(25, "{\"text\": \"another row\"}"));
    send(2, new Request.Plan(project.recipe()));
    var plan = (Reply.Planned) until(2).getLast();
    assertThat(plan.trainRows() + plan.evalRows()).isEqualTo(25);
  }

  @Test
  void columnsThatFitNoFormatAreToldSoThatTheyCanBeMapped() throws IOException {
    project.writeRows(java.util.Collections.nCopies(8, "{\"note\": \"ab\", \"reply\": \"b\"}"));
    send(1, new Request.PreviewData(project.recipe(), 2));
    var unclear = (Reply.DataPreviewed) until(1).getLast();
    assertThat(unclear.columns()).containsExactly("note", "reply");
    assertThat(unclear.trainRows()).isZero();
    assertThat(unclear.problems().getFirst().sentence()).contains("fit no known format");
    send(2, new Request.PreviewData(project.recipe("data.columns.text=note"), 2));
    var mapped = (Reply.DataPreviewed) until(2).getLast();
    assertThat(mapped.format()).isEqualTo("text");
    assertThat(mapped.trainRows()).isPositive();
  }

  @Test
  void plainTextIsScoredByItsLossAlone() throws IOException {
    var request = new Request.Score(project.recipe(), null, project.rows().toString(), 8, 1);
    send(1, request);
    var scored = (Reply.Scored) until(1).getLast();
    assertThat(scored.rows()).isEqualTo(40);
    assertThat(scored.loss()).isPositive();
    assertThat(scored.scores()).isEmpty();
  }

  @Test
  void whatIsComputedWithIsTold() throws IOException {
    send(1, new Request.Runtime());
    var runtime = (Reply.Runtime) until(1).getLast();
    assertThat(runtime.libtorch()).startsWith("2.7.1");
    assertThat(Path.of(runtime.library())).isDirectory();
    assertThat(runtime.threads()).isPositive();
    assertThat(runtime.cuda() || runtime.cudaDevices() == 0).isTrue();
  }

  @Test
  void logitsAreWrittenAndTheirShapeTold() throws IOException {
    Path inputs = folder.resolve("inputs.safetensors");
    Files.write(inputs, inputs());
    Path out = folder.resolve("logits.safetensors");
    send(
        1,
        new Request.Logits(
            project.base().toString(), null, inputs.toString(), out.toString(), null, 1));
    var written = (Reply.LogitsWritten) until(1).getLast();
    assertThat(written.shape()).containsExactly(1L, 3L, 258L);
    assertThat(AdapterFolder.tensors(out)).containsOnlyKeys("logits");
  }

  @Test
  void aMergedExportIsReopenedAndCompared() throws IOException {
    var run = project.run("short", "training.max_steps=3");
    assertThat(org.adapterstudio.engine.run.RunEngine.run(run.path())).isTrue();
    String out = folder.resolve("merged").toString();
    String base = project.base().toString();
    send(1, new Request.Export(base, run.adapter().toString(), "merged", out));
    assertThat(((Reply.Exported) until(1).getLast()).maxLogitError()).isLessThan(1e-4);
    send(2, new Request.Export(base, run.adapter().toString(), "merged", out));
    assertThat(until(2).getLast()).isInstanceOf(Reply.Failed.class);
  }

  @Test
  void anAdapterLeavesInTheFormThatIsAskedFor() throws IOException {
    var run = project.run("short", "training.max_steps=2", "adapter.initializer=pissa");
    assertThat(org.adapterstudio.engine.run.RunEngine.run(run.path())).isTrue();
    String base = project.base().toString();
    int id = 0;
    for (String kind : List.of("lora", "residual", "delta")) {
      String out = folder.resolve(kind).toString();
      var form = new Request.Export.Form(kind, null, null);
      send(++id, new Request.Export(base, run.adapter().toString(), "adapter", out, form));
      var done = (Reply.Exported) until(id).getLast();
      assertThat(done.maxLogitError()).as(kind).isLessThan(1e-4);
      assertThat(done.lost()).isNull();
    }
    var form = new Request.Export.Form("lora", 1, null);
    String out = folder.resolve("small").toString();
    send(++id, new Request.Export(base, run.adapter().toString(), "adapter", out, form));
    assertThat(((Reply.Exported) until(id).getLast()).lost()).isBetween(0.0, 1.0);
  }

  private Request.Chat chat(String adapter, int tokens) {
    return new Request.Chat(
        project.base().toString(),
        adapter,
        List.of(new Request.Message("user", "ab")),
        true,
        null,
        tokens,
        0,
        1,
        0,
        1);
  }

  private void send(long id, Request request) {
    ObjectNode line = Json.object().put("id", id);
    line.setAll(Json.<ObjectNode>tree(request));
    requests.println(Json.line(line));
  }

  private JsonNode line() throws IOException {
    JsonNode node = Json.parse(replies.readLine(), "reply");
    return node.path("id").asInt() == 0 ? line() : node;
  }

  private List<Reply> until(long id) throws IOException {
    var all = new ArrayList<Reply>();
    while (all.isEmpty() || !all.getLast().last()) {
      JsonNode node = line();
      if (node.path("id").asLong() == id) {
        all.add(Json.as(node, Reply.class));
      }
    }
    return all;
  }

  /** A safetensors file with input_ids [1, 3]. */
  private static byte[] inputs() {
    String header = "{\"input_ids\":{\"dtype\":\"I64\",\"shape\":[1,3],\"data_offsets\":[0,24]}}";
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return java.nio.ByteBuffer.allocate(8 + json.length + 24)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .putLong(4)
        .putLong(5)
        .putLong(6)
        .array();
  }
}
