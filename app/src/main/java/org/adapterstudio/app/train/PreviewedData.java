package org.adapterstudio.app.train;

import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/** The data as the engine sees it, asked for anew when what it depends on changes. */
final class PreviewedData implements AutoCloseable {
  private static final int ROWS = 8;
  private final LatestRequest requests;
  private final Runnable onChange;
  private final ObjectProperty<List<String>> columns = new SimpleObjectProperty<>(List.of());
  private final ObjectProperty<Reply.DataPreviewed> preview = new SimpleObjectProperty<>();
  private final ObjectProperty<Failure> failure = new SimpleObjectProperty<>();
  private final BooleanProperty busy = new SimpleBooleanProperty();
  private String source = "";
  private List<Object> asked = List.of();

  /**
   * Nothing asked for yet.
   *
   * @param later runs on the UI thread after the pause that ends a change
   * @param onChange hears every answer
   */
  PreviewedData(Services services, Executor later, Runnable onChange) {
    this.requests = new LatestRequest(services.engine(), later, services.uiThread());
    this.onChange = onChange;
  }

  /** Forgets the columns where the file is another. */
  void look(String typed) {
    String path = typed.strip();
    if (!path.equals(source)) {
      source = path;
      columns.set(List.of());
    }
  }

  /** Asks, unless this very data was asked for last. */
  void ask(Recipe recipe) {
    List<Object> key = List.of(recipe.data(), recipe.model());
    if (!key.equals(asked)) {
      asked = key;
      busy.set(true);
      requests.ask(new Request.PreviewData(recipe, ROWS), this::hear);
    }
  }

  private void hear(Reply reply) {
    switch (reply) {
      case Reply.DataPreviewed data -> {
        preview.set(data);
        failure.set(null);
        columns.set(
            data.columns() == null || data.columns().isEmpty() ? columns.get() : data.columns());
      }
      case Reply.Failed failed -> {
        preview.set(null);
        failure.set(failed.failure());
      }
      default -> {}
    }
    busy.set(!reply.last());
    onChange.run();
  }

  /** There is no data to look at. */
  void clear() {
    asked = List.of();
    requests.cancel();
    busy.set(false);
    preview.set(null);
    failure.set(null);
  }

  ReadOnlyObjectProperty<List<String>> columnsProperty() {
    return columns;
  }

  ReadOnlyObjectProperty<Reply.DataPreviewed> previewProperty() {
    return preview;
  }

  ReadOnlyObjectProperty<Failure> failureProperty() {
    return failure;
  }

  ReadOnlyBooleanProperty busyProperty() {
    return busy;
  }

  @Override
  public void close() {
    requests.cancel();
  }
}
