package org.adapterstudio.app.cli;

import java.nio.file.Path;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.lineage.Choice;
import org.adapterstudio.contract.run.lineage.Continuation;
import org.adapterstudio.contract.run.lineage.Continuations;
import org.adapterstudio.contract.run.lineage.GoingOn;
import org.adapterstudio.contract.run.lineage.Standing;
import picocli.CommandLine.Option;

/** What resume, extend and branch share: showing the plan, carrying it out, watching. */
final class GoingOnChoice {
  @Option(
      names = "--dry-run",
      description = "Lists what is restored, chosen and changed, and does nothing.")
  private boolean dry;

  @Option(names = "--detach", description = "Returns as soon as the engine is at work.")
  private boolean detach;

  @Option(
      names = "--json",
      description = "With --dry-run: prints the plan as JSON; with --detach: name and folder.")
  private boolean json;

  /**
   * Shows or does what was chosen.
   *
   * @param folder of a new run; read for a branch alone
   */
  int carryOut(Desk desk, RunFolder run, Choice choice, Path folder) {
    Continuation plan = Continuations.plan(Standing.of(run), choice);
    if (dry) {
      show(desk, plan);
      return plan.refusals().isEmpty() ? Exit.OK : Exit.FAILURE;
    }
    RunFolder next = GoingOn.prepare(run, choice, folder);
    if (!detach && !plan.changes().isEmpty()) {
      print(desk.err(), plan);
    }
    desk.runs().launch(next);
    return watch(desk, next);
  }

  /** Whether only the plan is wanted. */
  boolean dry() {
    return dry;
  }

  /** Watches a run that an engine is at work on, or only names it. */
  int watch(Desk desk, RunFolder run) {
    if (detach) {
      announce(desk, run);
      return Exit.OK;
    }
    return new RunFollower(desk, run).attached();
  }

  private void announce(Desk desk, RunFolder run) {
    String folder = run.path().toString();
    if (json) {
      desk.out().print(Json.pretty(Json.object().put("name", run.name()).put("folder", folder)));
    } else {
      desk.out().println(run.name() + "  " + folder);
    }
    desk.out().flush();
  }

  private void show(Desk desk, Continuation plan) {
    if (json) {
      desk.out().print(Json.pretty(plan));
    } else {
      print(desk.out(), plan);
    }
    desk.out().flush();
  }

  private static void print(java.io.PrintWriter out, Continuation plan) {
    out.println(head(plan));
    print(out, "restored", plan.restored());
    print(out, "chosen by you", plan.chosen());
    print(out, "changes", plan.changes());
    plan.refusals().forEach(refusal -> out.println("refused: " + refusal));
    out.flush();
  }

  private static String head(Continuation plan) {
    String steps =
        plan.total() == 0
            ? "behind step " + plan.step()
            : "behind step %d, to step %d".formatted(plan.step(), plan.total());
    return switch (plan.kind()) {
      case RESUME -> "Resume " + plan.run() + " " + steps;
      case REWIND -> "Rewind " + plan.run() + " and go on " + steps;
      case EXTEND -> "Extend " + plan.run() + " " + steps;
      case BRANCH -> "Branch from " + plan.run() + " " + steps;
    };
  }

  private static void print(
      java.io.PrintWriter out, String group, java.util.List<Continuation.Item> items) {
    out.println("  " + group + (items.isEmpty() ? ": nothing" : ""));
    items.forEach(item -> out.printf("    %-24s %s%n", item.what(), item.how()));
  }
}
