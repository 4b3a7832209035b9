package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.api.FxToolkitContext;
import org.testfx.service.support.FiredEvents;

/** Screens that were opened and closed leave neither themselves nor a listener behind. */
class OpenedAHundredTimesTest {
  private static final int TIMES = 100;

  @TempDir Path folder;

  @Test
  void everyScreenIsGarbageOnceItIsClosed() throws Exception {
    try (var window = new FurnishedWindow(folder, 900, 600, 40)) {
      Map<String, Callable<View>> screens = screens(window);
      for (Callable<View> screen : screens.values()) {
        left(openedAndClosed(screen, 1)); // what a first screen loads for good is no leak
      }
      int listeners = settledListeners(window.wiring());
      for (var screen : screens.entrySet()) {
        List<WeakReference<View>> gone = openedAndClosed(screen.getValue(), TIMES);
        assertThat(left(gone)).as(screen.getKey()).isZero();
      }
      assertThat(settledListeners(window.wiring()))
          .as("listeners of what lives on")
          .isEqualTo(listeners);
    }
  }

  @Test
  void aRunThatWasShownInTheWindowIsGarbageOnceAnotherIs() throws Exception {
    try (var window = new FurnishedWindow(folder, 900, 600, 40)) {
      window.run(window.live());
      var gone = new ArrayList<WeakReference<Object>>();
      for (int i = 0; i < TIMES / 10; i++) {
        Screen.run(() -> window.wiring().shell().showRun(window.lost()));
        gone.add(Screen.call(() -> new WeakReference<>(window.root().lookup("#loss"))));
        Screen.run(() -> window.wiring().shell().showRun(window.live()));
      }
      assertThat(left(gone)).isZero();
    }
  }

  private Map<String, Callable<View>> screens(FurnishedWindow window) {
    Services services = window.wiring().services();
    Places places = window.wiring().places();
    var screens = new LinkedHashMap<String, Callable<View>>();
    screens.put("library", () -> places.library().apply(services));
    screens.put("train", () -> places.train().apply(services).view());
    screens.put("runs", () -> places.runs().apply(services));
    screens.put("run", () -> places.run().apply(services, window.live()));
    screens.put("engine", () -> places.machine().apply(services));
    screens.put("settings", () -> places.settings().apply(services));
    screens.put("chat", () -> places.chat().apply(services).view());
    return screens;
  }

  private static List<WeakReference<View>> openedAndClosed(Callable<View> open, int times) {
    var gone = new ArrayList<WeakReference<View>>();
    for (int i = 0; i < times; i++) {
      gone.add(
          Screen.call(
              () -> {
                View view = open.call();
                view.close();
                return new WeakReference<>(view);
              }));
    }
    return gone;
  }

  private static <T> long left(List<WeakReference<T>> all) throws Exception {
    long left = all.size();
    for (int attempt = 0; attempt < 50 && left > 0; attempt++) {
      forgetEvents();
      System.gc();
      left = all.stream().filter(one -> one.get() != null).count();
      if (left > 0) {
        Thread.sleep(20);
      }
    }
    return left;
  }

  /** The test toolkit keeps every event that was ever fired, and with it its target. */
  private static void forgetEvents() throws ReflectiveOperationException {
    Field field = FxToolkitContext.class.getDeclaredField("firedEvents");
    field.setAccessible(true);
    var fired = (FiredEvents) field.get(FxToolkit.toolkitContext());
    Screen.run(fired::clearEvents);
  }

  /** A filtered list leaves a weak listener, which goes with the next change of its source. */
  private static int settledListeners(Wiring wiring) {
    Screen.run(() -> wiring.library().rescan());
    Screen.await(() -> !wiring.library().scanning().get());
    return listeners(wiring);
  }

  private static int listeners(Wiring wiring) {
    return Screen.call(
        () -> {
          int count = 0;
          for (Object property :
              List.of(
                  wiring.shell().stop(),
                  wiring.shell().chatOpen(),
                  wiring.shell().crumbs(),
                  wiring.theme().theme(),
                  wiring.theme().motion(),
                  wiring.theme().dark(),
                  wiring.keys().revision(),
                  wiring.keys().resting(),
                  wiring.library().models(),
                  wiring.library().adapters(),
                  wiring.library().data(),
                  wiring.library().folders(),
                  wiring.library().offers(),
                  wiring.library().scanning(),
                  wiring.status().reading())) {
            count += listeners(property);
          }
          return count;
        });
  }

  /** The listeners that a JavaFX property or list holds, which it tells nobody. */
  private static int listeners(Object observable) throws ReflectiveOperationException {
    int count = 0;
    for (Class<?> type = observable.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals("helper") || field.getName().equals("listenerHelper")) {
          field.setAccessible(true);
          count += held(field.get(observable));
        }
      }
    }
    return count;
  }

  private static int held(Object helper) throws ReflectiveOperationException {
    int count = 0;
    if (helper == null) {
      return 0;
    }
    boolean generic = false;
    for (Field field : helper.getClass().getDeclaredFields()) {
      if (field.getName().endsWith("Size")) {
        generic = true;
        field.setAccessible(true);
        count += field.getInt(helper);
      }
    }
    return generic ? count : 1;
  }
}
