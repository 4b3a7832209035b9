package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.app.chat.ChatView;
import org.adapterstudio.app.chat.ChatViewModel;
import org.adapterstudio.app.library.LibraryCatalogue;
import org.adapterstudio.app.library.LibraryView;
import org.adapterstudio.app.library.LibraryViewModel;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.View;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view that was closed is garbage although the catalogue it listened to lives on. */
class ClosedViewsTest {
  @TempDir Path folder;
  private Services services;
  private LibraryCatalogue library;

  @BeforeEach
  void open() {
    Screen.stage();
    TinyModels.llama(folder.resolve("models/pico"), 32);
    TinyModels.write(folder.resolve("work/project.json"), "{}");
    services = new FakeServices().direct(folder.resolve("work"));
    library = new LibraryCatalogue(services, new SettingsFile(folder.resolve("settings.json")));
    library.add(folder.resolve("models"));
  }

  @Test
  void aClosedLibraryIsCollected() throws Exception {
    assertCollected(
        () -> {
          var model = new LibraryViewModel(services, library);
          var view = new LibraryView(model);
          model.selected().set(model.models().getFirst());
          return view;
        });
  }

  @Test
  void aClosedChatIsCollected() throws Exception {
    assertCollected(
        () -> {
          var model = new ChatViewModel(services, library);
          var view = new ChatView(model, () -> {});
          model.open(folder.resolve("models/pico"), null);
          return view;
        });
  }

  private void assertCollected(Callable<View> open) throws Exception {
    WeakReference<View> gone = openAndClose(open);
    for (int attempt = 0; attempt < 50 && gone.get() != null; attempt++) {
      System.gc();
      Screen.run(() -> {});
      Thread.sleep(20);
    }
    assertThat(gone.get()).isNull();
    assertThat(library.models()).hasSize(1);
  }

  private static WeakReference<View> openAndClose(Callable<View> open) {
    return Screen.call(
        () -> {
          View view = open.call();
          view.close();
          return new WeakReference<>(view);
        });
  }
}
