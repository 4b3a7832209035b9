package org.adapterstudio.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import org.adapterstudio.app.settings.SettingsFile;

/** Dresses every window of the program in the chosen theme and remembers the choice. */
public final class ThemeService {
  private static final String FOLDER = "/org/adapterstudio/ui/css/";
  private static final List<String> SHEETS =
      List.of(
          "base",
          "controlsfx",
          "shell",
          "lineage",
          "library",
          "chat",
          "plot",
          "train",
          "runs",
          "run",
          "compare",
          "machine",
          "queue",
          "preferences");

  private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>();
  private final ObjectProperty<Motion> motion = new SimpleObjectProperty<>();
  private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
  private final List<ObservableList<String>> dressed = new ArrayList<>();

  /** A service that starts with the remembered theme; call on the UI thread. */
  public ThemeService(SettingsFile settings) {
    theme.set(Theme.of(settings.get().theme()));
    theme.subscribe(chosen -> settings.update(now -> now.withTheme(chosen.key())));
    theme.subscribe(_ -> apply());
    motion.set(Motion.of(settings.get().motion()));
    motion.subscribe(chosen -> settings.update(now -> now.withMotion(chosen.key())));
    Platform.getPreferences().colorSchemeProperty().subscribe(_ -> apply());
  }

  /** The choice. */
  public ObjectProperty<Theme> theme() {
    return theme;
  }

  /** The choice about motion. */
  public ObjectProperty<Motion> motion() {
    return motion;
  }

  /** Whether the dark sheets are on. */
  public ReadOnlyBooleanProperty dark() {
    return dark.getReadOnlyProperty();
  }

  /** Dresses a scene now and at every later change. */
  public void dress(Scene scene) {
    dress(scene.getStylesheets());
    motion.subscribe(chosen -> scene.getPreferences().setReducedMotion(chosen.reduced()));
  }

  /** Dresses a dialog's pane or any other holder of style sheets. */
  public void dress(ObservableList<String> sheets) {
    dressed.add(sheets);
    sheets.setAll(sheets());
  }

  /** Forgets a holder of style sheets whose window closed. */
  public void undress(ObservableList<String> sheets) {
    dressed.removeIf(kept -> kept == sheets);
  }

  private void apply() {
    dark.set(
        switch (theme.get()) {
          case DARK -> true;
          case LIGHT -> false;
          case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        });
    Application.setUserAgentStylesheet(
        dark.get()
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    dressed.forEach(sheets -> sheets.setAll(sheets()));
  }

  private List<String> sheets() {
    var all = new ArrayList<String>();
    all.add(address(dark.get() ? "dark" : "light"));
    SHEETS.stream().filter(name -> resource(name) != null).map(this::address).forEach(all::add);
    return all;
  }

  private String address(String name) {
    return resource(name).toExternalForm();
  }

  private static java.net.URL resource(String name) {
    return ThemeService.class.getResource(FOLDER + name + ".css");
  }
}
