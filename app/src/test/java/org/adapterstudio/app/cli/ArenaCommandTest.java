package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.List;
import org.adapterstudio.contract.arena.Finding;
import org.adapterstudio.contract.arena.Interval;
import org.adapterstudio.contract.arena.Leaderboard;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.Test;

class ArenaCommandTest extends ScriptedStudio {
  private static final Leaderboard BOARD =
      new Leaderboard(
          24,
          20,
          27,
          false,
          List.of(
              new Leaderboard.Row(
                  "orders", "lora", "LoRA", 24, 3, 1.5e-3, 2.5, 1.25, 0.01, 0.5, 12345, 0.02,
                  1L << 28, null),
              new Leaderboard.Row(
                  "orders",
                  "x",
                  "<X>",
                  0,
                  0,
                  null,
                  null,
                  null,
                  null,
                  null,
                  0,
                  0,
                  0,
                  "It needs convolutions.")));

  @Test
  void theBoardIsPrintedAndLeftAsJsonAndAsAPage() throws Exception {
    answer = new Reply.ArenaStands(BOARD, List.of());
    assertThat(studio("arena", "--methods", "lora,x", "--budget-minutes", "5")).isZero();
    assertThat(out.toString())
        .contains("1.2500", "50.0 %", "12,345", "20.0 ms", "3 x 24")
        .contains("x, orders: It needs convolutions.")
        .contains("20 of 27 runs");
    var request = (Request.Arena) asked.getFirst();
    assertThat(request.methods()).containsExactly("lora", "x");
    assertThat(request.budgetMinutes()).isEqualTo(5);
    assertThat(request.claims()).isFalse();
    String page = Files.readString(folder.resolve("arena/leaderboard.html"));
    assertThat(page).contains("LoRA", "&lt;X&gt;", "1.2500").doesNotContain("<X>", "http");
    JsonNode kept = Json.read(folder.resolve("arena/leaderboard.json"));
    assertThat(Json.as(kept, Leaderboard.class)).isEqualTo(BOARD);
    assertThat(json("arena", "--json")).isEqualTo(kept);
  }

  @Test
  void claimsAreToldWithTheirIntervalsAndWhatIsMissing() throws Exception {
    var shown = new Finding("A is faster than B", "steps", new Interval(2, 1, 3, 5), 0, "sizes");
    var missing = Finding.missing("C works", "loss", "The catalogue had no such method.");
    answer = new Reply.ArenaStands(BOARD, List.of(shown, missing));
    assertThat(studio("arena", "--claims", "--out", "claims")).isZero();
    assertThat(out.toString())
        .contains("A is faster than B: shows", "95 % from 1.000 to 3.000 over 5 seeds")
        .contains("C works: not tested");
    assertThat(Files.readString(folder.resolve("claims/claims.md")))
        .contains("| A is faster than B | **shows** | 2.000 | 1.000 to 3.000 | 0.000 | 5 |")
        .contains("The catalogue had no such method.");
    assertThat(Json.read(folder.resolve("claims/claims.json"))).hasSize(2);
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThat(studio("arena", "--budget-minutes", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("--budget-minutes is 0.0");
  }
}
