package org.adapterstudio.app.library;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.adapterstudio.app.ui.Cells;
import org.adapterstudio.app.ui.FittedColumns;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.library.DataEntry;
import org.adapterstudio.contract.library.LibraryEntry;
import org.adapterstudio.contract.library.ModelEntry;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.TaskCards;

/** The library's three tables; rows are virtual, so thousands of entries cost nothing. */
final class LibraryTables {
  private static final double NAME = 128;

  private final LibraryViewModel model;

  LibraryTables(LibraryViewModel model) {
    this.model = model;
  }

  /** Base models. */
  TableView<ModelEntry> models() {
    TableView<ModelEntry> table = table(model.models(), "library.none.models");
    text(table, "library.column.name", NAME, ModelEntry::name);
    text(table, "library.column.architecture", 112, LibraryTables::family);
    text(table, "library.column.tasks", 152, LibraryTables::tasks);
    number(table, "library.column.parameters", 72, ModelEntry::parameters, LibraryTables::counted);
    text(table, "library.column.dtype", 72, ModelEntry::dtype);
    number(table, "library.column.size", 72, ModelEntry::bytes, Formats::file);
    badge(table, "library.column.fits", 128, this::fit);
    number(table, "library.column.adapters", 84, this::adapterCount, LibraryTables::orDash);
    fit(table, 4, 2, 1);
    return table;
  }

  /** Adapters. */
  TableView<AdapterEntry> adapters() {
    TableView<AdapterEntry> table = table(model.adapters(), "library.none.adapters");
    text(table, "library.column.name", NAME, AdapterEntry::name);
    text(table, "library.column.base", 136, this::base);
    text(table, "library.column.method", 72, AdapterEntry::method);
    number(table, "library.column.rank", 56, entry -> (long) entry.rank(), LibraryTables::orDash);
    number(
        table, "library.column.parameters", 76, AdapterEntry::parameters, LibraryTables::counted);
    number(table, "library.column.size", 72, AdapterEntry::bytes, Formats::file);
    badge(table, "library.column.state", 96, LibraryTables::state);
    fit(table, 5, 2, 4);
    return table;
  }

  /** Data sets. */
  TableView<DataEntry> data() {
    TableView<DataEntry> table = table(model.data(), "library.none.data");
    text(table, "library.column.name", NAME, DataEntry::name);
    text(table, "library.column.format", 64, DataEntry::format);
    text(table, "library.column.columns", 216, entry -> String.join(", ", entry.columns()));
    number(table, "library.column.size", 72, DataEntry::bytes, Formats::file);
    badge(table, "library.column.state", 88, LibraryTables::state);
    fit(table, 2);
    return table;
  }

  /** Whether a model fits into memory, or why that is no question. */
  Cells.Badge fit(ModelEntry entry) {
    if (!entry.sound()) {
      return Cells.Badge.error(Messages.text("library.broken"), entry.problem());
    }
    if (!entry.supported()) {
      return Cells.Badge.plain(
          Messages.text("library.unsupported"), ModelFamilies.unknown(entry.modelType()).text());
    }
    String tip =
        Messages.text(
            "library.fit.tip",
            Formats.memory(Fit.need(entry)),
            Formats.memory(model.memoryFree().get()));
    return switch (model.fit(entry)) {
      case FITS -> Cells.Badge.ok(Messages.text("library.fits"), tip);
      case TIGHT -> Cells.Badge.warn(Messages.text("library.tight"), tip);
      case TOO_BIG -> Cells.Badge.error(Messages.text("library.tooBig"), tip);
      case UNKNOWN -> Cells.Badge.plain(Messages.text("library.unknown"), "");
    };
  }

  /** The family's title; of an unknown one what its configuration calls itself. */
  static String family(ModelEntry entry) {
    return ModelFamilies.find(entry.modelType())
        .map(ModelFamily::title)
        .orElse(entry.architecture().isEmpty() ? entry.modelType() : entry.architecture());
  }

  /** What its models can be trained for. */
  static String tasks(ModelEntry entry) {
    return TaskCards.suiting(entry.modelType()).stream()
        .map(MethodCard::title)
        .collect(Collectors.joining(", "));
  }

  private static Cells.Badge state(LibraryEntry entry) {
    return entry.sound()
        ? Cells.Badge.ok(Messages.text("library.sound"), "")
        : Cells.Badge.error(Messages.text("library.broken"), entry.problem());
  }

  private String base(AdapterEntry adapter) {
    ModelEntry base = model.baseOf(adapter);
    return base == null ? adapter.base() : base.name();
  }

  private Long adapterCount(ModelEntry entry) {
    return (long) model.catalogue().adaptersOf(entry).size();
  }

  private static String counted(long parameters) {
    return parameters == 0 ? "–" : Formats.count(parameters);
  }

  /** The name grows; what the right pane repeats goes while the table is too narrow for all. */
  private static void fit(TableView<?> table, int... spare) {
    var columns = table.getColumns();
    columns.getFirst().setMinWidth(NAME);
    new FittedColumns(
        table, columns.getFirst(), IntStream.of(spare).mapToObj(columns::get).toList());
  }

  private static String orDash(long number) {
    return number == 0 ? "–" : Long.toString(number);
  }

  private <E extends LibraryEntry> TableView<E> table(FilteredList<E> entries, String nothing) {
    var table = new TableView<E>();
    var sorted = new SortedList<>(entries);
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    var placeholder = new Label();
    placeholder.getStyleClass().add("muted");
    placeholder.setWrapText(true);
    model
        .filter()
        .subscribe(
            typed ->
                placeholder.setText(
                    typed.isBlank()
                        ? Messages.text(nothing)
                        : Messages.text("library.nothingMatches", typed)));
    table.setPlaceholder(placeholder);
    return table;
  }

  private static <E> void text(
      TableView<E> table, String key, double width, Function<E, String> of) {
    var column = new TableColumn<E, String>(Messages.text(key));
    column.setPrefWidth(width);
    Cells.text(column, of);
    table.getColumns().add(column);
  }

  private static <E> void number(
      TableView<E> table,
      String key,
      double width,
      Function<E, Long> of,
      Function<Long, String> words) {
    var column = new TableColumn<E, Long>(Messages.text(key));
    column.setPrefWidth(width);
    Cells.number(column, of, words);
    table.getColumns().add(column);
  }

  private static <E> void badge(
      TableView<E> table, String key, double width, Function<E, Cells.Badge> of) {
    var column = new TableColumn<E, E>(Messages.text(key));
    column.setPrefWidth(width);
    Cells.badge(column, of);
    column.setSortable(false);
    table.getColumns().add(column);
  }
}
