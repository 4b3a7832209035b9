package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest extends ScriptedStudio {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "arena",
        "train",
        "runs",
        "show",
        "pause",
        "compare",
        "tag",
        "note",
        "archive",
        "delete",
        "stop",
        "restore",
        "save",
        "resume",
        "extend",
        "branch",
        "verify",
        "queue",
        "export",
        "log",
        "import",
        "advise",
        "convert",
        "merge",
        "arena",
        "chat",
        "classify",
        "new-model",
        "logits",
        "tensors",
        "methods",
        "families",
        "engine",
        "score",
        "window"
      })
  void everyCommandExplainsItselfWithAnExample(String command) {
    assertThat(studio(command, "--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: studio " + command, "Example", "  studio " + command);
  }

  @Test
  void theListOfCommandsGivesEachItsFirstWholeSentence() {
    assertThat(studio("--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("demo Trains an adapter on the sample project,")
        .contains("window Opens the window (what `studio` alone does).")
        .contains("pause Asks a run to make no more steps and to keep everything in memory,");
    assertThat(CommandList.sentence("One thing,", "in two lines. And more."))
        .isEqualTo("One thing, in two lines.");
  }
}
