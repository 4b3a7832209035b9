package org.adapterstudio.app.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunHistory;

/**
 * A run's log as the {@code log_history} of the Hugging Face trainer: a row for every update and
 * every evaluation, and a last one of the whole training.
 */
final class LogHistory {
  private LogHistory() {}

  /** The rows up to a step, in the order of the log. */
  static List<ObjectNode> rows(RunHistory run, int last) {
    var rows = new ArrayList<ObjectNode>();
    double epoch = 0;
    var losses = new DoubleSummaryStatistics();
    for (EventLog.Entry entry : run.entries()) {
      switch (entry.event()) {
        case Event.Step step when step.step() <= last -> {
          epoch = step.epoch();
          losses.accept(step.loss());
          rows.add(row(step));
        }
        case Event.Evaluated evaluated when evaluated.step() <= last ->
            rows.add(row(evaluated, epoch));
        case Event.Finished finished when finished.step() <= last && losses.getCount() > 0 ->
            rows.add(whole(finished, epoch, losses.getAverage()));
        default -> {}
      }
    }
    return rows;
  }

  private static ObjectNode row(Event.Step step) {
    ObjectNode row = Json.object().put("epoch", step.epoch());
    number(row, "grad_norm", step.gradNorm());
    number(row, "learning_rate", step.learningRate());
    return row.put("loss", step.loss()).put("step", step.step());
  }

  /** An imported log does not tell everything. */
  private static void number(ObjectNode row, String name, double value) {
    if (!Double.isNaN(value)) {
      row.put(name, value);
    }
  }

  private static ObjectNode row(Event.Evaluated evaluated, double epoch) {
    ObjectNode row = Json.object().put("epoch", epoch).put("eval_loss", evaluated.evalLoss());
    evaluated.scores().forEach((score, value) -> row.put("eval_" + score, value));
    row.put("eval_runtime", evaluated.seconds());
    if (evaluated.seconds() > 0) {
      row.put("eval_samples_per_second", evaluated.rows() / evaluated.seconds());
    }
    return row.put("step", evaluated.step());
  }

  private static ObjectNode whole(Event.Finished finished, double epoch, double loss) {
    return Json.object()
        .put("epoch", epoch)
        .put("step", finished.step())
        .put("train_loss", loss)
        .put("train_runtime", finished.trainSeconds());
  }
}
