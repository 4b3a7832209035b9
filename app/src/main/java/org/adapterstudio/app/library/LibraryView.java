package org.adapterstudio.app.library;

import atlantafx.base.controls.CustomTextField;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.library.LibraryEntry;

/** The library's screen: folders above, one table of three, the chosen entry at the right. */
public final class LibraryView implements View {
  private final Subscriptions subscriptions = new Subscriptions();
  private final LibraryViewModel model;
  private final LibraryCatalogue catalogue;
  private final EntryView entry;
  private final Parent root;
  private final Map<LibraryViewModel.Kind, TableView<? extends LibraryEntry>> shown =
      new EnumMap<>(LibraryViewModel.Kind.class);

  private final Actions actions = new Actions();
  @FXML private VBox full;
  @FXML private Button rescan;
  @FXML private VBox empty;
  @FXML private HBox progress;
  @FXML private Label progressText;
  @FXML private CustomTextField filter;
  @FXML private FlowPane folders;
  @FXML private ToggleGroup kinds;
  @FXML private ToggleButton models;
  @FXML private ToggleButton adapters;
  @FXML private ToggleButton data;
  @FXML private SplitPane split;
  @FXML private StackPane tables;
  @FXML private StackPane detail;
  @FXML private Button openSample;
  @FXML private Label sampleText;
  @FXML private FlowPane offers;
  @FXML private Label fetch;

  /** A screen that owns its view model. */
  public LibraryView(LibraryViewModel model) {
    this.model = model;
    catalogue = model.catalogue();
    root = ViewFactory.load("library.fxml", this);
    entry = new EntryView(model);
    detail.getChildren().setAll(entry.root());
    split.setDividerPositions(0.62);
    SplitPane.setResizableWithParent(detail, false);
    filter.textProperty().bindBidirectional(model.filter());
    fetch.setText(Messages.text("library.empty.fetch", catalogue.hubCache()));
    actions.on(Action.SEARCH, filter::requestFocus, full::isVisible).on(Action.RESCAN, rescan);
    listen();
  }

  @Override
  public Actions actions() {
    return actions;
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public void close() {
    filter.textProperty().unbindBidirectional(model.filter());
    entry.close();
    subscriptions.close();
    model.close();
  }

  @FXML
  private void addFolder() {
    model.addFolder();
  }

  @FXML
  private void rescan() {
    catalogue.rescan();
  }

  @FXML
  private void stopScan() {
    catalogue.stopScan();
  }

  @FXML
  private void openSample() {
    catalogue.offers().stream().filter(catalogue::isSamples).findFirst().ifPresent(catalogue::add);
  }

  private void listen() {
    var all = new LibraryTables(model);
    kind(LibraryViewModel.Kind.MODELS, all.models(), models, catalogue.models(), "library.models");
    kind(
        LibraryViewModel.Kind.ADAPTERS,
        all.adapters(),
        adapters,
        catalogue.adapters(),
        "library.adapters");
    kind(LibraryViewModel.Kind.DATA, all.data(), data, catalogue.data(), "library.data");
    subscriptions.now(model.kind(), this::showKind);
    subscriptions.now(model.empty(), this::showEmpty);
    subscriptions.now(catalogue.scanning(), this::showProgress);
    subscriptions.now(catalogue.foldersSeen(), this::countFolders);
    subscriptions.now(catalogue.folders(), this::showFolders);
    subscriptions.now(catalogue.offers(), this::showFolders);
    subscriptions.on(catalogue.adapters(), () -> shown.get(LibraryViewModel.Kind.MODELS).refresh());
    subscriptions.on(model.memoryFree(), _ -> shown.get(LibraryViewModel.Kind.MODELS).refresh());
  }

  private <E extends LibraryEntry> void kind(
      LibraryViewModel.Kind kind,
      TableView<E> table,
      ToggleButton button,
      ObservableList<E> entries,
      String name) {
    shown.put(kind, table);
    table.setAccessibleText(Messages.text(name));
    table.setId(kind.name().toLowerCase(java.util.Locale.ROOT) + "Table");
    tables.getChildren().add(table);
    button.setOnAction(_ -> model.kind().set(kind));
    subscriptions.now(
        entries, () -> button.setText(Messages.text(name) + "  " + Formats.whole(entries.size())));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            chosen -> {
              if (model.kind().get() == kind) {
                model.selected().set(chosen);
              }
            });
  }

  private void showKind(LibraryViewModel.Kind kind) {
    shown.forEach((each, table) -> table.setVisible(each == kind));
    kinds.selectToggle(
        switch (kind) {
          case MODELS -> models;
          case ADAPTERS -> adapters;
          case DATA -> data;
        });
    model.selected().set(shown.get(kind).getSelectionModel().getSelectedItem());
  }

  private void showEmpty(boolean nothing) {
    boolean first = nothing && catalogue.folders().isEmpty() && !catalogue.scanning().get();
    show(empty, first);
    show(full, !first);
  }

  private void showProgress(boolean scanning) {
    show(progress, scanning);
    showEmpty(model.empty().get());
  }

  private void countFolders(Number seen) {
    progressText.setText(Messages.text("library.scanning", seen.intValue()));
  }

  private void showFolders() {
    folders.getChildren().clear();
    offers.getChildren().clear();
    for (Path folder : catalogue.folders()) {
      folders
          .getChildren()
          .add(FolderChip.added(folder, catalogue.nameOf(folder), () -> catalogue.remove(folder)));
    }
    for (Path offer : catalogue.offers()) {
      folders
          .getChildren()
          .add(FolderChip.offered(offer, catalogue.nameOf(offer), () -> catalogue.add(offer)));
      if (!catalogue.isSamples(offer)) {
        offers
            .getChildren()
            .add(FolderChip.offered(offer, catalogue.nameOf(offer), () -> catalogue.add(offer)));
      }
    }
    boolean sample = catalogue.offers().stream().anyMatch(catalogue::isSamples);
    show(openSample, sample);
    show(sampleText, sample);
    showEmpty(model.empty().get());
  }

  private static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
