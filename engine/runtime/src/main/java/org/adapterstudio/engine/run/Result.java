package org.adapterstudio.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.export.ResultCard;

/** What a run leaves: the adapter, or the whole model where the method trains the base. */
record Result(RunFolder run, Session session, Checkpoint.State state, Event.MemoryMeasured memory) {
  /** Largest logit difference between the run's model and the reopened file that is let pass. */
  private static final double TOLERANCE = 1e-3;

  /**
   * Writes beside, reopens, compares, and renames into place; the events say how far off each file
   * is.
   */
  List<Event> write() {
    var card = MethodCatalogue.card("adapter", session.recipe().adapter().method());
    boolean whole = card.can(MethodCard.Capability.REPLACES_BASE);
    Path place = whole ? run.path().resolve("model") : run.adapter();
    Path beside = place.resolveSibling("." + place.getFileName() + ".part");
    Checkpoint.delete(beside);
    long bytes = write(beside, whole);
    double error =
        whole
            ? Proof.ofMerged(session.model(), beside, session.model().network().probe())
            : Proof.ofAdapter(session.model(), beside, session.model().network().probe());
    // A base stored in 16 bits rounds what was trained in 32; that is no fault of the file.
    boolean rounded = whole && !session.base().storedType().equals("F32");
    if (!Double.isFinite(error) || error > TOLERANCE && !rounded) {
      throw new StudioException(
          new Failure(
              "export",
              "The exported " + place + " gives logits that are off by " + error + ".",
              "The last checkpoint is intact; please report this.",
              ""));
    }
    Checkpoint.replace(place, beside);
    return List.of(
        new Event.Exported(whole ? "merged" : "adapter", place.toString(), bytes, error));
  }

  private long write(Path folder, boolean whole) {
    String text = ResultCard.of(session.model(), history(), whole);
    long bytes =
        whole
            ? MergedModel.write(session.model(), folder, text)
            : AdapterFolder.write(session.model(), folder, text);
    session
        .lesson()
        .companions()
        .forEach((name, content) -> AtomicFile.write(folder.resolve(name), content));
    return bytes;
  }

  private String history() {
    String eval =
        state.bestEvalLoss() == null
            ? ""
            : String.format(
                Locale.ROOT,
                " Best held-out loss %.4f at step %d.",
                state.bestEvalLoss(),
                state.bestStep());
    return String.format(
        Locale.ROOT,
        "Trained for %d steps on %d rows of `%s`.%s Memory at its peak: %,d MiB (planned: %,d).",
        state.step(),
        session.lesson().extent().trainRows(),
        Path.of(session.recipe().data().train()).getFileName(),
        eval,
        memory.peakBytes() >> 20,
        memory.plannedBytes() >> 20);
  }
}
