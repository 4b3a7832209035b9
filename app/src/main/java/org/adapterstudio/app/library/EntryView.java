package org.adapterstudio.app.library;

import java.util.List;
import java.util.stream.Collectors;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Cells;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.library.DataEntry;
import org.adapterstudio.contract.library.LibraryEntry;
import org.adapterstudio.contract.library.ModelEntry;

/** The library's right pane: what one entry is, what can be done with it, what is inside. */
final class EntryView implements View {
  private static final double WIDEST = 280;

  private final Subscriptions subscriptions = new Subscriptions();
  private final LibraryViewModel model;
  private final LibraryTables badges;
  private final Parent root;

  @FXML private VBox none;
  @FXML private VBox card;
  @FXML private Label title;
  @FXML private Label path;
  @FXML private FlowPane facts;
  @FXML private Label problem;
  @FXML private Button train;
  @FXML private Button chat;
  @FXML private VBox tasks;
  @FXML private VBox adapters;
  @FXML private TabPane tabs;
  @FXML private Tab configTab;
  @FXML private Tab tensorTab;
  @FXML private Tab rowsTab;
  @FXML private TableView<EntryDetails.Setting> config;
  @FXML private TableColumn<EntryDetails.Setting, String> field;
  @FXML private TableColumn<EntryDetails.Setting, String> value;
  @FXML private TableView<EntryDetails.Tensor> tensors;
  @FXML private TableColumn<EntryDetails.Tensor, String> tensor;
  @FXML private TableColumn<EntryDetails.Tensor, String> shape;
  @FXML private TableColumn<EntryDetails.Tensor, String> dtype;
  @FXML private ListView<String> rows;

  EntryView(LibraryViewModel model) {
    this.model = model;
    badges = new LibraryTables(model);
    root = ViewFactory.load("entry.fxml", this);
    Cells.text(field, EntryDetails.Setting::name);
    Cells.text(value, EntryDetails.Setting::value);
    Cells.text(tensor, EntryDetails.Tensor::name);
    Cells.text(shape, EntryView::shapeText);
    Cells.text(dtype, EntryDetails.Tensor::dtype);
    config.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    tensors.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
    tensor.setPrefWidth(240);
    subscriptions.now(model.selected(), this::show);
    subscriptions.now(model.details(), this::fill);
    subscriptions.on(model.detailProblem(), _ -> showProblem());
    subscriptions.on(model.catalogue().adapters(), () -> show(model.selected().get()));
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public void close() {
    subscriptions.close();
  }

  @FXML
  private void train() {
    model.train();
  }

  @FXML
  private void chat() {
    model.chat();
  }

  private void show(LibraryEntry entry) {
    show(none, entry == null);
    show(card, entry != null);
    if (entry == null) {
      return;
    }
    title.setText(entry.name());
    title.setTooltip(new Tooltip(entry.name()));
    path.setText(model.catalogue().nameOf(entry.path()));
    path.setTooltip(new Tooltip(entry.path().toString()));
    facts.getChildren().setAll(facts(entry));
    showProblem();
    show(train, model.canTrain());
    train.setText(
        Messages.text(
            entry instanceof DataEntry ? "library.action.trainData" : "library.action.trainBase"));
    show(chat, model.canChat());
    show(train.getParent(), model.canTrain() || model.canChat());
    tabs.getTabs().setAll(tabsOf(entry));
    showTasks(entry);
    showAdapters(entry);
  }

  private List<Tab> tabsOf(LibraryEntry entry) {
    return entry instanceof DataEntry ? List.of(rowsTab) : List.of(configTab, tensorTab);
  }

  private List<Node> facts(LibraryEntry entry) {
    return switch (entry) {
      case ModelEntry m ->
          List.of(
              plain(LibraryTables.family(m)),
              parameters(m.parameters()),
              plain(m.dtype()),
              plain(Formats.file(m.bytes())),
              plain(m.tied() ? Messages.text("library.detail.tied") : ""),
              badges.fit(m).node());
      case AdapterEntry a ->
          List.of(
              plain(a.method()),
              plain(Messages.text("library.column.rank") + " " + a.rank()),
              parameters(a.parameters()),
              plain(Formats.file(a.bytes())));
      case DataEntry d ->
          List.of(
              plain(d.format()),
              plain(Formats.file(d.bytes())),
              plain(String.join(", ", d.columns())));
    };
  }

  private static Label parameters(long count) {
    return plain(
        count == 0 ? "" : Formats.count(count) + " " + Messages.text("library.detail.parameters"));
  }

  private static Label plain(String text) {
    var label = new Label(text);
    label.getStyleClass().add("badge");
    label.setTextOverrun(OverrunStyle.ELLIPSIS);
    label.setMaxWidth(WIDEST);
    show(label, !text.isBlank());
    return label;
  }

  private void showProblem() {
    LibraryEntry entry = model.selected().get();
    String why = entry == null ? "" : entry.problem();
    if (why.isEmpty()) {
      why = model.detailProblem().get();
    }
    if (why.isEmpty() && entry instanceof ModelEntry base && !base.supported()) {
      why = ModelFamilies.unknown(base.modelType()).text();
    }
    if (why.isEmpty() && entry instanceof AdapterEntry adapter && model.baseOf(adapter) == null) {
      why = Messages.text("library.detail.noBase", adapter.base());
    }
    problem.setText(why);
    show(problem, !why.isEmpty());
  }

  private void showTasks(LibraryEntry entry) {
    String titles = entry instanceof ModelEntry base ? LibraryTables.tasks(base) : "";
    list(tasks, "library.detail.tasks", titles);
  }

  private void showAdapters(LibraryEntry entry) {
    List<AdapterEntry> own =
        entry instanceof ModelEntry base ? model.catalogue().adaptersOf(base) : List.of();
    String names = own.stream().map(AdapterEntry::name).collect(Collectors.joining(", "));
    list(adapters, "library.detail.adapters", names);
  }

  /** A heading with what stands under it; nothing where that is empty. */
  private static void list(VBox box, String key, String text) {
    var heading = new Label(Messages.text(key));
    heading.getStyleClass().add("form-label");
    var words = new Label(text);
    words.setWrapText(true);
    words.setMinHeight(Label.USE_PREF_SIZE);
    box.getChildren().setAll(heading, words);
    show(box, !text.isEmpty());
  }

  private void fill(EntryDetails details) {
    config.getItems().setAll(details.settings());
    tensors.getItems().setAll(details.tensors());
    rows.getItems().setAll(details.firstRows());
    int count = details.tensors().size();
    String name = Messages.text("library.detail.tensors");
    tensorTab.setText(count == 0 ? name : name + "  " + Formats.whole(count));
  }

  private static String shapeText(EntryDetails.Tensor tensor) {
    return tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" × "));
  }

  private static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
