package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.layout.Pane;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.Test;

class PlaceHostTest {
  private final List<String> closed = new ArrayList<>();
  private final List<Recipe> loaded = new ArrayList<>();
  private final Places places =
      new Places(
          _ -> new NamedView("library"),
          _ -> new Places.Train(new NamedView("train"), loaded::add),
          _ -> new NamedView("runs"),
          (_, run) -> new NamedView(run.name()),
          null,
          _ -> new NamedView("queue"),
          null,
          null,
          null);
  private final PlaceHost host = new PlaceHost(places, new FakeServices().direct(Path.of("")));

  @Test
  void keepsLibraryFormAndListAndClosesARunThatIsLeft() {
    View library = show(Place.LIBRARY, null);
    View first = show(Place.RUN, "first");
    View second = show(Place.RUN, "second");
    assertThat(second).isNotSameAs(first);
    assertThat(closed).containsExactly("first");
    assertThat(show(Place.LIBRARY, null)).isSameAs(library);
    assertThat(closed).containsExactly("first", "second");
  }

  @Test
  void closesEverythingThatWasOpenedWithTheWindow() {
    show(Place.LIBRARY, null);
    show(Place.TRAIN, null);
    show(Place.QUEUE, null);
    show(Place.RUN, "first");
    host.close();
    assertThat(closed).containsExactlyInAnyOrder("library", "train", "queue", "first");
  }

  @Test
  void fillsTheFormWithADraftBeforeItIsShown() {
    var draft = new Recipe(Recipe.VERSION, "n", null, null, null, null, null);
    host.load(draft);
    assertThat(loaded).containsExactly(draft);
  }

  @Test
  void aPlaceThatIsNotBuiltIsNotThere() {
    assertThat(host.has(Place.TRAIN)).isTrue();
    assertThat(host.hasChat()).isFalse();
  }

  private View show(Place place, String run) {
    RunFolder folder = run == null ? null : new RunFolder(Path.of(run));
    return host.show(new ShellViewModel.Stop(place, folder));
  }

  private final class NamedView implements View {
    private final String name;
    private final Pane root = new Pane();

    NamedView(String name) {
      this.name = name;
    }

    @Override
    public Parent root() {
      return root;
    }

    @Override
    public void close() {
      closed.add(name);
    }
  }
}
