package org.adapterstudio.engine.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.arena.ArenaPlan;
import org.adapterstudio.contract.arena.Finding;
import org.adapterstudio.contract.arena.Leaderboard;
import org.adapterstudio.contract.arena.Trial;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small arena on the generated task alone. */
class ArenaTest {
  private static final List<String> TASKS = List.of(Tracks.COUNTDOWN);

  @TempDir Path folder;

  @Test
  void anArenaThatWasKilledGoesOnWhereItWasAndEndsAsAnUnbrokenOne() throws Exception {
    long before = Kernels.get().liveArrays();
    Path whole = arena("whole", "lora", "adalora");
    Leaderboard unbroken = run(whole, Integer.MAX_VALUE, "lora", "adalora");
    assertThat(unbroken.complete()).isTrue();
    Path broken = arena("broken", "lora", "adalora");
    assertThatThrownBy(() -> run(broken, 5, "lora", "adalora"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("Cancelled");
    Path log = broken.resolve("trials.jsonl");
    assertThat(Files.readAllLines(log)).hasSize(5);
    Files.writeString(log, "{\"key\":{\"task\":\"count", StandardOpenOption.APPEND);
    run(broken, Integer.MAX_VALUE, "lora", "adalora");
    assertThat(losses(broken)).isEqualTo(losses(whole));
    assertThat(Kernels.get().liveArrays()).isEqualTo(before);
  }

  @Test
  void learningMovesTheHeldOutLossBelowThatOfTheBase() {
    Path out = arena("lora", "lora");
    Leaderboard.Row row = run(out, Integer.MAX_VALUE, "lora").rows().getFirst();
    assertThat(row.failure()).isNull();
    assertThat(row.seeds()).isEqualTo(3);
    assertThat(row.loss()).isLessThan(row.start() - 0.2);
    assertThat(row.trainable()).isPositive();
    assertThat(row.memoryBytes()).isPositive();
  }

  @Test
  void aStartThatReadsRowsIsMadeFromThoseOfTheTrial() {
    Path out = arena("start", "lora_ga");
    Leaderboard.Row row = run(out, Integer.MAX_VALUE, "lora_ga").rows().getFirst();
    assertThat(row.contender()).isEqualTo("lora+lora_ga");
    assertThat(row.failure()).isNull();
    assertThat(row.loss()).isLessThan(row.start() - 0.2);
  }

  @Test
  void aStartThatRepairsAQuantizedBaseCompetesOnOne() {
    Path out = arena("repair", "loftq", "eora");
    List<Leaderboard.Row> rows = run(out, Integer.MAX_VALUE, "loftq", "eora").rows();
    assertThat(rows)
        .extracting(Leaderboard.Row::contender)
        .containsExactlyInAnyOrder("qlora+loftq", "qlora+eora");
    assertThat(rows).allSatisfy(row -> assertThat(row.failure()).isNull());
  }

  @Test
  void aTrialInWhichTheEngineDiedTwiceIsNotTriedAgain() {
    Path out = arena("deadly", "lora");
    var first = new Trial.Key(Tracks.COUNTDOWN, "lora", 1e-3, 1, 6);
    assertThat(new ArenaFolder(out).begin(first)).isZero();
    assertThat(new ArenaFolder(out).begin(first)).isEqualTo(1);
    run(out, Integer.MAX_VALUE, "lora");
    List<Trial> trials = new ArenaFolder(out).trials();
    assertThat(trials.getFirst().key()).isEqualTo(first);
    assertThat(trials.getFirst().failure()).contains("ended 2 times");
    assertThat(trials.subList(1, trials.size())).allMatch(trial -> trial.failure() == null);
  }

  @Test
  void aFolderIsNotMixedWithOtherMethods() {
    Path out = arena("lora", "lora");
    assertThatThrownBy(() -> run(out, 1, "adalora"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("other methods");
    assertThatThrownBy(() -> Contenders.of(List.of("no such")))
        .hasMessageContaining("There is no method \"no such\"");
  }

  @Test
  void claimsAreReportedAsMissingWhereMethodsOrSeedsAre() {
    var plan =
        new ArenaPlan(TASKS, Claims.contenders(), List.of(0.1), List.of(1L, 2L, 3L, 4L, 5L, 6L), 4);
    List<Finding> findings = new Claims(plan, List.of()).findings();
    assertThat(findings).hasSize(6);
    assertThat(findings).extracting(Finding::verdict).containsOnly("not tested");
    assertThat(findings.getLast().note()).contains("Only 0 of 5 seeds");
  }

  @Test
  void aClaimIsJudgedOverPairsOfSeedsWithoutTheOneThatChoseTheRate() {
    var plan =
        new ArenaPlan(TASKS, Claims.contenders(), List.of(0.1), List.of(1L, 2L, 3L, 4L, 5L, 6L), 4);
    var made = new java.util.ArrayList<Trial>();
    for (long seed = 1; seed <= 6; seed++) {
      double spoiled = seed == 1 ? -100 : 0.1 * seed;
      made.add(trial("lora, rank 32", seed, 2 + spoiled));
      made.add(trial("rslora, rank 32", seed, 1));
    }
    Finding found = new Claims(plan, made).findings().getLast();
    assertThat(found.verdict()).isEqualTo("shows");
    assertThat(found.interval().count()).isEqualTo(5);
    assertThat(found.interval().mean()).isBetween(1.39, 1.41);
  }

  private static Trial trial(String name, long seed, double loss) {
    var points = List.of(new Trial.Point(0, 3), new Trial.Point(4, loss));
    return new Trial(
        new Trial.Key(Tracks.COUNTDOWN, name, 0.1, seed, 4), null, points, null, 9, 0, 0, 0, null);
  }

  /** A folder with a plan, so that no time decides how many steps there are. */
  private Path arena(String name, String... methods) {
    Path out = folder.resolve(name);
    var contenders = Contenders.of(List.of(methods));
    var plan = new ArenaPlan(TASKS, contenders, List.of(1e-3, 1e-2), List.of(1L, 2L, 3L), 24);
    new ArenaFolder(out).keep(plan);
    assertThat(Json.as(Json.tree(plan), ArenaPlan.class)).isEqualTo(plan);
    return out;
  }

  private static Leaderboard run(Path out, int stopAfter, String... methods) {
    Path project = Path.of("../../sample-projects/first-adapter").toAbsolutePath().normalize();
    var wish = new Arena.Wish(out, project, 60, List.of(methods), 1, false);
    var seen = new AtomicInteger();
    return new Arena(wish)
        .run((made, _, _) -> seen.set(made), () -> seen.get() >= stopAfter)
        .leaderboard();
  }

  private static List<Object> losses(Path out) {
    return new ArenaFolder(out)
        .trials().stream()
            .<Object>map(trial -> List.of(trial.key(), trial.losses(), trial.heldOut()))
            .toList();
  }
}
