package org.adapterstudio.app.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.library.ModelEntry;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;

/**
 * What the palette offers: what was run last, what can be done on the screen that is shown, places
 * and actions of the window, the library's models, the newest runs.
 */
final class PaletteEntries {
  private static final int RUNS = 200;
  private static final int RECENT = 6;

  private final Wiring wiring;

  PaletteEntries(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Everything, as it is now, what was run last first. */
  List<PaletteViewModel.Entry> all() {
    var entries = new ArrayList<PaletteViewModel.Entry>();
    List<Actions> offered = wiring.actions().offered();
    for (Actions actions : offered) {
      String kind = actions == offered.getLast() ? "palette.kind.action" : "palette.kind.here";
      actions.possible().stream()
          .filter(action -> action != Action.PALETTE)
          .forEach(action -> entries.add(entry(kind, action, actions)));
    }
    wiring.library().models().stream()
        .filter(ModelEntry::supported)
        .forEach(model -> entries.add(model(model)));
    wiring.runs().stream().limit(RUNS).forEach(run -> entries.add(run(run)));
    return recentFirst(entries, wiring.settings().get().recent());
  }

  /** Remembers what was run. */
  void ran(PaletteViewModel.Entry entry) {
    var recent = new LinkedHashSet<String>();
    recent.add(entry.id());
    recent.addAll(wiring.settings().get().recent());
    wiring.settings().update(now -> now.withRecent(recent.stream().limit(RECENT).toList()));
  }

  static List<PaletteViewModel.Entry> recentFirst(
      List<PaletteViewModel.Entry> entries, List<String> recent) {
    var sorted = new LinkedHashSet<PaletteViewModel.Entry>();
    for (String id : recent) {
      entries.stream().filter(entry -> entry.id().equals(id)).forEach(sorted::add);
    }
    sorted.addAll(entries);
    return List.copyOf(sorted);
  }

  private PaletteViewModel.Entry entry(String kind, Action action, Actions actions) {
    return new PaletteViewModel.Entry(
        action.key(),
        kind,
        action.icon(),
        Messages.text(action.messageKey()),
        wiring.keys().text(action),
        () -> actions.find(action).ifPresent(Runnable::run));
  }

  private PaletteViewModel.Entry model(ModelEntry model) {
    var base = Recipe.Model.of(model.path().toString());
    var draft = new Recipe(Recipe.VERSION, null, base, null, null, null, null);
    return new PaletteViewModel.Entry(
        model.path().toString(),
        "palette.kind.model",
        "fth-box",
        model.name(),
        "",
        () -> wiring.shell().showTrain(draft));
  }

  private PaletteViewModel.Entry run(RunFolder run) {
    return new PaletteViewModel.Entry(
        run.path().toString(),
        "palette.kind.run",
        "fth-activity",
        run.name(),
        "",
        () -> wiring.shell().showRun(run));
  }
}
