package org.adapterstudio.app.cli;

import java.util.Locale;
import org.adapterstudio.contract.serve.Reply;

/** What a command says of a result that it wrote: where, how large, how far off. */
final class WrittenResult {
  private WrittenResult() {}

  /** Prints it, as JSON where asked for. */
  static void print(Desk desk, JsonOutput json, Reply.Exported done) {
    json.print(
        desk,
        done,
        () ->
            desk.out()
                .printf(
                    "%s  %s, largest logit difference after reopening %.1e%s%n",
                    done.path(), Words.size(done.bytes()), done.maxLogitError(), left(done)));
  }

  private static String left(Reply.Exported done) {
    return done.lost() == null
        ? ""
        : String.format(Locale.ROOT, "; %.2f %% of the change is left out", 100 * done.lost());
  }
}
