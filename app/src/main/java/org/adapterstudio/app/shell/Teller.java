package org.adapterstudio.app.shell;

import java.util.List;
import javafx.stage.Stage;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Navigator;
import org.adapterstudio.app.watch.DesktopNotices;
import org.adapterstudio.app.watch.Happening;

/**
 * Tells what happened: always by a card in the window, and by the system's own notice where the
 * window is not in front and the settings allow it. Used on the UI thread.
 */
final class Teller {
  private final Stage window;
  private final Notices notices;
  private final Navigator navigator;
  private final DesktopNotices desktop;
  private final SettingsFile settings;
  private final java.util.concurrent.Executor uiThread;

  Teller(
      Stage window,
      Notices notices,
      Navigator navigator,
      DesktopNotices desktop,
      SettingsFile settings,
      java.util.concurrent.Executor uiThread) {
    this.window = window;
    this.notices = notices;
    this.navigator = navigator;
    this.desktop = desktop;
    this.settings = settings;
    this.uiThread = uiThread;
  }

  /** Tells each once. */
  void tell(List<Happening> happenings) {
    for (Happening happening : happenings) {
      notices.tell(
          happening.sentence(),
          happening.kind().bad(),
          new Notices.Act(Messages.text("watch.show"), () -> show(happening)));
      if (settings.get().desktopNotices() && !window.isFocused()) {
        desktop.show(
            Messages.text("app.title"), happening, () -> uiThread.execute(() -> front(happening)));
      }
    }
  }

  private void front(Happening happening) {
    window.setIconified(false);
    window.toFront();
    show(happening);
  }

  private void show(Happening happening) {
    if (happening.run() == null) {
      navigator.showRuns();
    } else {
      navigator.showRun(happening.run());
    }
  }
}
