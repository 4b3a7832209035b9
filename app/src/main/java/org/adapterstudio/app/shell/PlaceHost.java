package org.adapterstudio.app.shell;

import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;

/**
 * Builds each place's view when it is first shown. Library, form, list, machine, settings and chat
 * live as long as the window; a run's view is closed as soon as another place takes over.
 */
final class PlaceHost implements AutoCloseable {
  private final Places places;
  private final Services services;
  private View library;
  private Places.Train train;
  private View runs;
  private View run;
  private View queue;
  private View machine;
  private View settings;
  private Places.Chat chat;

  PlaceHost(Places places, Services services) {
    this.places = places;
    this.services = services;
  }

  /** Whether a place is built. */
  boolean has(Place place) {
    return switch (place) {
      case LIBRARY -> places.library() != null;
      case TRAIN -> places.train() != null;
      case RUNS -> places.runs() != null;
      case RUN -> places.run() != null;
      case COMPARE -> places.compare() != null;
      case QUEUE -> places.queue() != null;
      case MACHINE -> places.machine() != null;
      case SETTINGS -> places.settings() != null;
    };
  }

  /** Whether the chat is built. */
  boolean hasChat() {
    return places.chat() != null;
  }

  /** The view to show. */
  View show(ShellViewModel.Stop stop) {
    closeRun();
    return switch (stop.place()) {
      case LIBRARY -> library = library == null ? places.library().apply(services) : library;
      case TRAIN -> train().view();
      case RUNS -> runs = runs == null ? places.runs().apply(services) : runs;
      case RUN -> run = open(stop.run());
      case COMPARE -> run = places.compare().apply(services, stop.compared());
      case QUEUE -> queue = queue == null ? places.queue().apply(services) : queue;
      case MACHINE -> machine = machine == null ? places.machine().apply(services) : machine;
      case SETTINGS -> settings = settings == null ? places.settings().apply(services) : settings;
    };
  }

  /** Fills the training form. */
  void load(Recipe draft) {
    train().load().accept(draft);
  }

  /** The chat drawer. */
  Places.Chat chat() {
    chat = chat == null ? places.chat().apply(services) : chat;
    return chat;
  }

  @Override
  public void close() {
    closeRun();
    for (View view :
        new View[] {library, runs, queue, machine, settings, train == null ? null : train.view()}) {
      if (view != null) {
        view.close();
      }
    }
    if (chat != null) {
      chat.view().close();
    }
  }

  private Places.Train train() {
    train = train == null ? places.train().apply(services) : train;
    return train;
  }

  private View open(RunFolder folder) {
    return places.run().apply(services, folder);
  }

  private void closeRun() {
    if (run != null) {
      run.close();
      run = null;
    }
  }
}
