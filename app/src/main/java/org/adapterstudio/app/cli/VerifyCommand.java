package org.adapterstudio.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.seal.Environment;
import org.adapterstudio.contract.run.seal.FileHashes;
import org.adapterstudio.contract.run.seal.RunComparison;
import org.adapterstudio.contract.run.seal.SealDifference;
import org.adapterstudio.contract.run.seal.Verification;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio verify}: a run held against its seal, trained again, or beside another run. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Reads base, data and results of a run again and tells what is not as it was sealed.",
      "With two runs it tells why they differ, the weightiest first. With --rerun it trains the"
          + " run",
      "again in a temporary folder and compares every loss and the adapter bit for bit."
    },
    footer = {
      "",
      "Exit codes: 0 everything of the run that is here is as sealed, 1 something is another.",
      "Another machine or program version is told and is no failure.",
      "",
      "Examples:",
      "  studio verify first-adapter",
      "  studio verify first-adapter --rerun --steps 20",
      "  studio verify first-adapter second-adapter --json"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..2",
      description = "Name or folder of a run, or of two to compare.")
  private List<String> runs;

  @Option(names = "--rerun", description = "Trains the run again and compares.")
  private boolean rerun;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "With --rerun: the first N steps alone. Default: the whole run.")
  private Integer steps;

  @Mixin private JsonOutput json;

  VerifyCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws IOException {
    RunFolder run = Runs.find(runs.getFirst(), desk.folder());
    if (runs.size() == 2) {
      if (rerun) {
        throw StudioException.badInput("--rerun trains one run.", "Name one run.");
      }
      return compare(run, Runs.find(runs.getLast(), desk.folder()));
    }
    return rerun ? again(run) : verify(run);
  }

  private int compare(RunFolder a, RunFolder b) {
    var comparison = RunComparison.of(a, b);
    json.print(desk, comparison, () -> print(comparison));
    return Exit.OK;
  }

  private void print(RunComparison comparison) {
    desk.out().println(comparison.verdict());
    if (!comparison.effect().isEmpty()) {
      desk.out().println(comparison.effect());
    }
    if (comparison.firstStep() > 0) {
      desk.out().println("Losses differ from step " + comparison.firstStep() + " on.");
    }
    print(comparison.differences(), comparison.first().run(), comparison.second().run());
  }

  private int again(RunFolder run) {
    var result = new Rerun(desk, run).compare(steps == null ? Integer.MAX_VALUE : steps);
    json.print(desk, result, () -> desk.out().println(result.verdict()));
    return result.equal() ? Exit.OK : Exit.FAILURE;
  }

  private int verify(RunFolder run) throws IOException {
    FileHashes hashes = FileHashes.fresh(Runs.home().resolve("hashes.json"));
    var verification = Verification.of(run, here(run.recipe()), hashes);
    json.print(desk, verification, () -> print(verification));
    return verification.holds() ? Exit.OK : Exit.FAILURE;
  }

  /** What training it here would be done with; the engine tells what it would compute with. */
  private Environment here(Recipe recipe) {
    var runtime = new Answers(desk).ask(new Request.Runtime(), Reply.Runtime.class, _ -> {});
    int asked = recipe.training().threads();
    String device = recipe.training().device();
    return new Environment(
        runtime.version(),
        runtime.libtorch(),
        device.equals("auto") ? "" : device,
        asked > 0 ? asked : runtime.threads(),
        Environment.processor());
  }

  private void print(Verification verification) {
    desk.out().println(verification.verdict());
    if (!verification.same().isEmpty()) {
      desk.out().println("As sealed: " + String.join(", ", verification.same()) + ".");
    }
    print(verification.differences(), "sealed", "now");
  }

  private void print(List<SealDifference> differences, String before, String now) {
    for (SealDifference difference : differences) {
      String words =
          switch (difference.status()) {
            case DIFFERS ->
                "%s: %s in %s, %s in %s"
                    .formatted(
                        difference.what(),
                        orNothing(difference.before()),
                        before,
                        orNothing(difference.now()),
                        now);
            case MISSING -> difference.what() + ": not here (" + difference.before() + ")";
            case UNSEALED -> difference.what() + ": not sealed";
          };
      desk.out().println("  " + words);
      desk.out().println("      " + difference.meaning());
    }
  }

  private static String orNothing(String value) {
    return value.isEmpty() ? "nothing" : value;
  }
}
