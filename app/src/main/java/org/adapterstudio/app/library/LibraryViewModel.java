package org.adapterstudio.app.library;

import java.nio.file.Path;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.transformation.FilteredList;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Machine;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.library.DataEntry;
import org.adapterstudio.contract.library.LibraryEntry;
import org.adapterstudio.contract.library.ModelEntry;
import org.adapterstudio.contract.method.TaskCards;
import org.adapterstudio.contract.recipe.Recipe;

/** The library on screen: which kind is listed, what is typed, what is chosen, what can be done. */
public final class LibraryViewModel implements AutoCloseable {
  private final Subscriptions subscriptions = new Subscriptions();
  private final Services services;
  private final LibraryCatalogue catalogue;
  private final BackgroundWork detailWork;
  private final BackgroundWork memoryWork;
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.MODELS);
  private final ObjectProperty<LibraryEntry> selected = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<EntryDetails> details =
      new ReadOnlyObjectWrapper<>(EntryDetails.NONE);
  private final ReadOnlyStringWrapper detailProblem = new ReadOnlyStringWrapper("");
  private final ReadOnlyLongWrapper memoryFree = new ReadOnlyLongWrapper();
  private final FilteredList<ModelEntry> models;
  private final FilteredList<AdapterEntry> adapters;
  private final FilteredList<DataEntry> data;
  private final BooleanBinding empty;

  /** What the table lists. */
  public enum Kind {
    /** Base models. */
    MODELS,
    /** Adapters. */
    ADAPTERS,
    /** Data sets. */
    DATA
  }

  /** A screen on a catalogue. */
  public LibraryViewModel(Services services, LibraryCatalogue catalogue) {
    this.services = services;
    this.catalogue = catalogue;
    detailWork = new BackgroundWork(services);
    memoryWork = new BackgroundWork(services);
    models = new FilteredList<>(catalogue.models());
    adapters = new FilteredList<>(catalogue.adapters());
    data = new FilteredList<>(catalogue.data());
    empty =
        Bindings.isEmpty(catalogue.models())
            .and(Bindings.isEmpty(catalogue.adapters()))
            .and(Bindings.isEmpty(catalogue.data()));
    subscriptions.on(filter, this::narrow);
    subscriptions.on(selected, this::read);
    subscriptions.now(catalogue.scanning(), _ -> measure());
    subscriptions.add(empty::dispose);
  }

  /** The shared catalogue. */
  public LibraryCatalogue catalogue() {
    return catalogue;
  }

  /** Letters that names must contain. */
  public StringProperty filter() {
    return filter;
  }

  /** What the table lists. */
  public ObjectProperty<Kind> kind() {
    return kind;
  }

  /** The chosen entry; null for none. */
  public ObjectProperty<LibraryEntry> selected() {
    return selected;
  }

  /** The chosen entry's insides. */
  public ReadOnlyObjectProperty<EntryDetails> details() {
    return details.getReadOnlyProperty();
  }

  /** Why its insides cannot be read; empty where they can. */
  public ReadOnlyStringProperty detailProblem() {
    return detailProblem.getReadOnlyProperty();
  }

  /** Memory that is free now, for {@link #fit}; 0 before it is known. */
  public ReadOnlyLongProperty memoryFree() {
    return memoryFree.getReadOnlyProperty();
  }

  /** Models that match the filter. */
  public FilteredList<ModelEntry> models() {
    return models;
  }

  /** Adapters that match the filter. */
  public FilteredList<AdapterEntry> adapters() {
    return adapters;
  }

  /** Data sets that match the filter. */
  public FilteredList<DataEntry> data() {
    return data;
  }

  /** Whether nothing at all is known. */
  public BooleanBinding empty() {
    return empty;
  }

  /** Whether training on a model would fit into memory. */
  public Fit fit(ModelEntry model) {
    return Fit.of(model, memoryFree.get());
  }

  /** Asks for a folder and adds it. */
  public void addFolder() {
    services.dialogs().chooseFolder(Messages.text("library.addFolder")).ifPresent(catalogue::add);
  }

  /** Whether the chosen entry can be trained on or with. */
  public boolean canTrain() {
    return switch (selected.get()) {
      case ModelEntry model -> model.supported();
      case DataEntry rows -> rows.sound();
      case null, default -> false;
    };
  }

  /** Opens the training form with the chosen base or data. */
  public void train() {
    switch (selected.get()) {
      case ModelEntry model -> services.navigator().showTrain(draft(model.path(), null));
      case DataEntry rows -> services.navigator().showTrain(draft(null, rows.path()));
      case null, default -> {}
    }
  }

  /** Whether the chosen entry can be talked to. */
  public boolean canChat() {
    return switch (selected.get()) {
      case ModelEntry model -> chats(model);
      case AdapterEntry adapter ->
          adapter.sound() && baseOf(adapter) != null && chats(baseOf(adapter));
      case null, default -> false;
    };
  }

  private static boolean chats(ModelEntry model) {
    return model.supported() && TaskCards.chats(model.modelType());
  }

  /** Opens the chat on the chosen model, or on the chosen adapter beside its base. */
  public void chat() {
    switch (selected.get()) {
      case ModelEntry model -> services.navigator().openChat(model.path(), null);
      case AdapterEntry adapter ->
          services.navigator().openChat(baseOf(adapter).path(), adapter.path());
      case null, default -> {}
    }
  }

  /** The model an adapter was made for, where the library has it; else null. */
  public ModelEntry baseOf(AdapterEntry adapter) {
    return catalogue.baseOf(adapter);
  }

  @Override
  public void close() {
    subscriptions.close();
    detailWork.close();
    memoryWork.close();
  }

  private static Recipe draft(Path model, Path data) {
    var base = model == null ? null : Recipe.Model.of(model.toString());
    var rows = data == null ? null : Recipe.Data.of(data.toString());
    return new Recipe(Recipe.VERSION, null, base, rows, null, null, null);
  }

  private void narrow(String typed) {
    String wanted = typed.strip().toLowerCase(Locale.ROOT);
    models.setPredicate(entry -> matches(entry, wanted));
    adapters.setPredicate(entry -> matches(entry, wanted));
    data.setPredicate(entry -> matches(entry, wanted));
  }

  private static boolean matches(LibraryEntry entry, String wanted) {
    return wanted.isEmpty() || entry.name().toLowerCase(Locale.ROOT).contains(wanted);
  }

  private void read(LibraryEntry entry) {
    details.set(EntryDetails.NONE);
    detailProblem.set("");
    if (entry == null) {
      detailWork.cancel();
      return;
    }
    detailWork.run(
        () -> EntryDetails.read(entry),
        details::set,
        failure -> detailProblem.set(failure.sentence()));
  }

  private void measure() {
    memoryWork.run(Machine::memoryFree, memoryFree::set, failure -> memoryFree.set(0));
  }
}
