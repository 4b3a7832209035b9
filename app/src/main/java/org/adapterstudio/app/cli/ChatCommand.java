package org.adapterstudio.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio chat}: one answer of a base or an adapted model, streamed. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = "Answers a prompt with a model, or with a model and an adapter.",
    footer = {
      "",
      "Examples:",
      "  studio chat --model base --prompt \"Where is the river?\"",
      "  studio chat --model base --adapter my-run/adapter --prompt - < question.txt",
      "  studio chat --model base --raw --prompt \"Once upon a time\" --max-tokens 40"
    })
final class ChatCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private ModelChoice model;

  @Option(
      names = "--prompt",
      required = true,
      paramLabel = "TEXT",
      description = "The user's turn; - reads it from standard input.")
  private String prompt;

  @Option(names = "--system", paramLabel = "TEXT", description = "A system message before it.")
  private String system;

  @Option(names = "--raw", description = "Continues the text as it is, without a chat template.")
  private boolean raw;

  @Option(names = "--template", description = "A built-in chat template instead of the model's.")
  private String template;

  @Option(
      names = "--max-tokens",
      defaultValue = "128",
      paramLabel = "N",
      description = "Longest answer. Default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Option(
      names = "--temperature",
      defaultValue = "0",
      paramLabel = "T",
      description = "0 takes the likeliest token each time. Default: ${DEFAULT-VALUE}.")
  private double temperature;

  @Option(
      names = "--top-p",
      defaultValue = "1",
      paramLabel = "P",
      description = "Samples from the likeliest tokens of this joint probability.")
  private double topP;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "S",
      description = "Of the random draws; the same seed gives the same answer.")
  private long seed;

  @Option(names = "--json", description = "Prints the whole answer as JSON instead of streaming.")
  private boolean json;

  ChatCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var done = new Answers(desk).ask(request(), Reply.Generated.class, this::stream);
    if (json) {
      desk.out().print(Json.pretty(done));
    } else {
      desk.out().println();
      desk.err()
          .printf(
              "%d tokens, %.1f tokens/s, ended by %s%n",
              done.newTokens(), done.tokensPerSecond(), done.reason().replace('_', ' '));
    }
    desk.out().flush();
    return Exit.OK;
  }

  private Request.Chat request() {
    var paths = new Paths(desk.folder());
    List<Request.Message> messages = new ArrayList<>();
    if (system != null) {
      messages.add(new Request.Message("system", system));
    }
    messages.add(new Request.Message("user", prompt.equals("-") ? standardInput() : prompt));
    return new Request.Chat(
        model.model(paths),
        model.adapter(paths),
        messages,
        raw,
        template,
        maxTokens,
        temperature,
        topP,
        seed,
        model.threads(),
        model.quantization());
  }

  private void stream(Reply reply) {
    if (!json && reply instanceof Reply.Token token) {
      desk.out().print(token.text());
      desk.out().flush();
    }
  }

  private static String standardInput() {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
