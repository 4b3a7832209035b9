package org.adapterstudio.contract.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;

/**
 * Looks at the same runs again and again, reads only what is new and keeps only what a queue asks:
 * a night of long runs fits a small process. The look at the lock comes first: an engine that
 * writes its last word and goes between the two is seen as ended only with that word.
 */
public final class RunLooks {
  private final Map<RunFolder, Look> looks = new HashMap<>();

  /**
   * What a run's folder says now.
   *
   * @param since sequence number behind which starts and ends count
   * @param compareAt steps at which the smoothed loss is wanted
   */
  public RunFacts look(RunFolder run, long since, List<Integer> compareAt) {
    Look look = looks.get(run);
    if (look == null || look.count.since() != since) {
      look = new Look(run, since);
      looks.put(run, look);
    }
    return look.facts(compareAt);
  }

  private static final class Look {
    private final RunFolder run;
    private final RunCount count;
    private final RunTail tail;
    private Recipe recipe;

    Look(RunFolder run, long since) {
      this.run = run;
      this.count = new RunCount(since);
      this.tail = new RunTail(run.events());
    }

    RunFacts facts(List<Integer> compareAt) {
      // A history that has read nothing tells of lock and inbox alone.
      RunState held = new RunHistory(run).state();
      boolean news = tail.read(count::take);
      if (news && !held.live()) {
        held = new RunHistory(run).state(); // an engine may have begun between the two
      }
      Recipe.Training training = recipe() == null ? Recipe.Training.defaults() : recipe.training();
      return count.facts(held, recipe != null, training, compareAt);
    }

    private Recipe recipe() {
      try {
        recipe = recipe == null ? run.recipe() : recipe;
        return recipe;
      } catch (StudioException e) {
        return null;
      }
    }
  }
}
