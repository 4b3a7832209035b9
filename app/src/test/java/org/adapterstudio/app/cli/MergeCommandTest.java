package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.Test;

class MergeCommandTest extends ScriptedStudio {
  @Test
  void adaptersGoInWholeUnlessEachHasAWeight() {
    answer = new Reply.Merged(at("both"), 2_000_000, 3e-8);
    assertThat(studio("merge", "style", "facts", "--out", "both")).as(err.toString()).isZero();
    assertThat(out.toString()).contains(at("both"), "2.0 MB", "3.0e-08");
    assertThat(studio("merge", "a", "b", "--weight", "1", "--weight", "-0.5", "--out", "c"))
        .isZero();
    assertThat(asked)
        .containsExactly(
            new Request.Merge(List.of(part("style", 1), part("facts", 1)), at("both")),
            new Request.Merge(List.of(part("a", 1), part("b", -0.5)), at("c")));
  }

  @Test
  void asManyWeightsAsAdaptersAreWanted() {
    assertThat(studio("merge", "a", "b", "--weight", "1", "--out", "c")).isEqualTo(1);
    assertThat(err.toString()).contains("1 weights for 2 adapters");
    assertThat(studio("merge", "a", "--weight", "NaN", "--out", "c")).isEqualTo(1);
    assertThat(studio("merge", "--out", "c")).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  @Test
  void theHelpShowsHowWeightsAreGiven() {
    assertThat(studio("merge", "--help")).isZero();
    assertThat(out.toString()).contains("Usage: studio merge", "--weight 1.0 --weight 0.5");
  }

  @Test
  void howABaseIsHeldMayBeChosen() {
    answer = new Reply.Generated("Hello.", 4, 2, 10, "stop_token");
    String[] chat = {"chat", "--model", "base", "--adapter", "a", "--prompt", "Hi"};
    assertThat(studio(chat)).isZero();
    assertThat(((Request.Chat) asked.getLast()).quantization()).isNull();
    assertThat(studio("chat", "--model", "base", "--prompt", "Hi", "--quantization", "int8"))
        .isZero();
    assertThat(((Request.Chat) asked.getLast()).quantization()).isEqualTo("int8");
  }

  private Request.Merge.Part part(String adapter, double weight) {
    return new Request.Merge.Part(at(adapter), weight);
  }
}
