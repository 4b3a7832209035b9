package org.adapterstudio.app.shell;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.library.ModelEntry;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;

/** What the palette offers: places, actions, the library's models, the newest runs. */
final class PaletteEntries {
  private static final int RUNS = 200;

  private final Wiring wiring;

  PaletteEntries(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Everything, as it is now. */
  List<PaletteViewModel.Entry> all() {
    var entries = new ArrayList<PaletteViewModel.Entry>();
    places(entries);
    actions(entries);
    wiring.library().models().stream()
        .filter(ModelEntry::supported)
        .forEach(model -> entries.add(model(model)));
    wiring.runs().stream().limit(RUNS).forEach(run -> entries.add(run(run)));
    return entries;
  }

  private void places(List<PaletteViewModel.Entry> entries) {
    ShellViewModel shell = wiring.shell();
    entries.add(place("fth-box", "place.library", "1", shell::showLibrary));
    entries.add(place("fth-trending-down", "place.train", "2", () -> shell.showTrain(null)));
    entries.add(place("fth-activity", "place.runs", "3", shell::showRuns));
    entries.add(place("fth-cpu", "place.machine", "4", shell::showMachine));
  }

  private void actions(List<PaletteViewModel.Entry> entries) {
    WindowActions actions = new WindowActions(wiring);
    entries.add(action("fth-plus", "action.newRun", "Ctrl N", actions::newRun));
    entries.add(action("fth-folder", "action.open", "Ctrl O", actions::open));
    entries.add(action("fth-folder-plus", "action.addFolder", "", actions::addFolder));
    entries.add(action("fth-refresh-cw", "action.rescan", "", wiring.library()::rescan));
    entries.add(action("fth-message-square", "action.chat", "", actions::toggleChat));
    if (wiring.shell().stop().get().place() == Place.RUN) {
      entries.add(action("fth-square", "action.stop", "Ctrl .", actions::stopRun));
    }
    for (Theme theme : Theme.values()) {
      String icon = theme == Theme.LIGHT ? "fth-sun" : "fth-moon";
      entries.add(
          action(icon, "action.theme." + theme.key(), "", () -> wiring.theme().theme().set(theme)));
    }
    entries.add(action("fth-help-circle", "action.help", "F1", actions::help));
  }

  private static PaletteViewModel.Entry place(String icon, String key, String keys, Runnable act) {
    return new PaletteViewModel.Entry("palette.kind.place", icon, Messages.text(key), keys, act);
  }

  private static PaletteViewModel.Entry action(String icon, String key, String keys, Runnable act) {
    return new PaletteViewModel.Entry("palette.kind.action", icon, Messages.text(key), keys, act);
  }

  private PaletteViewModel.Entry model(ModelEntry model) {
    var base = Recipe.Model.of(model.path().toString());
    var draft = new Recipe(Recipe.VERSION, null, base, null, null, null, null);
    return new PaletteViewModel.Entry(
        "palette.kind.model", "fth-box", model.name(), "", () -> wiring.shell().showTrain(draft));
  }

  private PaletteViewModel.Entry run(RunFolder run) {
    return new PaletteViewModel.Entry(
        "palette.kind.run", "fth-activity", run.name(), "", () -> wiring.shell().showRun(run));
  }
}
