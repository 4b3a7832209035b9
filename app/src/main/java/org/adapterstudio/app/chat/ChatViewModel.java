package org.adapterstudio.app.chat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.library.LibraryCatalogue;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.method.TaskCards;
import org.adapterstudio.contract.serve.Request;

/**
 * A conversation held twice: with a base and with the same base under an adapter. Both sides get
 * the same prompts, seed and settings and each remembers its own answers.
 */
public final class ChatViewModel implements AutoCloseable {
  private final Subscriptions subscriptions = new Subscriptions();
  private final Services services;
  private final LibraryCatalogue library;
  private final BackgroundWork choicesWork;
  private final ChatSettings settings = new ChatSettings();
  private final ObservableList<Choice> models = FXCollections.observableArrayList();
  private final ObservableList<Choice> adapters = FXCollections.observableArrayList();
  private final ObservableList<String> samples = FXCollections.observableArrayList();
  private final ObservableList<Exchange> exchanges = FXCollections.observableArrayList();
  private final ObjectProperty<Choice> model = new SimpleObjectProperty<>();
  private final ObjectProperty<Choice> adapter = new SimpleObjectProperty<>();
  private final StringProperty prompt = new SimpleStringProperty("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper missing = new ReadOnlyStringWrapper("");
  private final BooleanProperty settingsOpen = new SimpleBooleanProperty();
  private Path wantedAdapter;

  /** A drawer that offers the models of a library. */
  public ChatViewModel(Services services, LibraryCatalogue library) {
    this.services = services;
    this.library = library;
    choicesWork = new BackgroundWork(services);
    adapters.setAll(none());
    adapter.set(none());
    missing.bind(Bindings.createStringBinding(this::whatIsMissing, model, prompt));
    subscriptions.now(library.models(), this::offerModels);
    subscriptions.on(library.adapters(), this::offerAdapters);
    subscriptions.on(model, _ -> modelChanged());
    subscriptions.on(adapter, _ -> clear());
    subscriptions.now(library.scanning(), this::chooseTheOnly);
  }

  /** The choice that stands for the base alone. */
  public static Choice none() {
    return new Choice(Messages.text("chat.noAdapter"), null);
  }

  /** Bases to choose from. */
  public ObservableList<Choice> models() {
    return models;
  }

  /** Adapters and checkpoints of the chosen base, {@link #none} first. */
  public ObservableList<Choice> adapters() {
    return adapters;
  }

  /** The base; null for none. */
  public ObjectProperty<Choice> model() {
    return model;
  }

  /** The adapter or checkpoint; its path is null for none. */
  public ObjectProperty<Choice> adapter() {
    return adapter;
  }

  /** Prompts to try. */
  public ObservableList<String> samples() {
    return samples;
  }

  /** What is being typed. */
  public StringProperty prompt() {
    return prompt;
  }

  /** Seed, temperature, length. */
  public ChatSettings settings() {
    return settings;
  }

  /** Whether the settings are unfolded. */
  public BooleanProperty settingsOpen() {
    return settingsOpen;
  }

  /** What was said, oldest first. */
  public ObservableList<Exchange> exchanges() {
    return exchanges;
  }

  /** Whether an answer is still coming. */
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /** What the send button would need; empty when it can send. */
  public ReadOnlyStringProperty missing() {
    return missing.getReadOnlyProperty();
  }

  /** Chooses a base and, where not null, an adapter or checkpoint folder. */
  public void open(Path base, Path adapterFolder) {
    wantedAdapter = adapterFolder;
    Choice choice = find(models, base);
    if (choice == null) {
      choice = new Choice(base.getFileName().toString(), base);
      models.add(choice);
    }
    if (choice.equals(model.get())) {
      offerAdapters();
    } else {
      model.set(choice);
    }
  }

  /** Sends the typed prompt to both sides. */
  public void send() {
    if (busy.get() || !missing.get().isEmpty()) {
      return;
    }
    String asked = prompt.get();
    boolean both = adapter.get() != null && adapter.get().path() != null;
    var exchange =
        new Exchange(
            asked, new Answer(services.uiThread()), both ? new Answer(services.uiThread()) : null);
    Request.Chat base = request(asked, false);
    Request.Chat adapted = both ? request(asked, true) : null;
    exchanges.add(exchange);
    prompt.set("");
    busy.unbind();
    exchange.base().ask(services.engine(), base);
    if (both) {
      exchange.adapted().ask(services.engine(), adapted);
    }
    busy.bind(exchange.running());
  }

  /** Stops both sides; what was said stays. */
  public void stop() {
    exchanges.forEach(
        exchange -> {
          exchange.base().stop();
          if (exchange.adapted() != null) {
            exchange.adapted().stop();
          }
        });
  }

  /** Forgets the conversation. */
  public void clear() {
    stop();
    busy.unbind();
    busy.set(false);
    exchanges.clear();
  }

  @Override
  public void close() {
    clear();
    missing.unbind();
    subscriptions.close();
    choicesWork.close();
  }

  private String whatIsMissing() {
    if (model.get() == null) {
      return Messages.text("chat.missing.model");
    }
    return prompt.get().isBlank() ? Messages.text("chat.missing.prompt") : "";
  }

  private Request.Chat request(String asked, boolean adapted) {
    return new Request.Chat(
        model.get().path().toString(),
        adapted ? adapter.get().path().toString() : null,
        settings.raw().get()
            ? List.of(new Request.Message("user", asked))
            : conversation(asked, adapted),
        settings.raw().get(),
        null,
        settings.maxTokens().get(),
        settings.temperature().get(),
        settings.temperature().get() > 0 ? ChatSettings.TOP_P : 1,
        settings.seed().get(),
        0);
  }

  private List<Request.Message> conversation(String asked, boolean adapted) {
    var messages = new ArrayList<Request.Message>();
    for (Exchange exchange : exchanges) {
      Answer answer = adapted ? exchange.adapted() : exchange.base();
      if (answer.failure().get() == null && !answer.text().get().isEmpty()) {
        messages.add(new Request.Message("user", exchange.prompt()));
        messages.add(new Request.Message("assistant", answer.text().get()));
      }
    }
    messages.add(new Request.Message("user", asked));
    return messages;
  }

  private void offerModels() {
    Choice chosen = model.get();
    var offered =
        new ArrayList<>(
            library.models().stream()
                .filter(entry -> entry.supported() && TaskCards.chats(entry.modelType()))
                .map(entry -> new Choice(entry.name(), entry.path()))
                .toList());
    if (chosen != null && !offered.contains(chosen)) {
      offered.add(chosen);
    }
    agree(models, offered);
  }

  /** Where there is one base in all, nobody should have to choose it. */
  private void chooseTheOnly(boolean scanning) {
    if (!scanning && model.get() == null && models.size() == 1) {
      model.set(models.getFirst());
    }
  }

  private void modelChanged() {
    clear();
    adapter.set(none());
    agree(adapters, List.of(none()));
    samples.clear();
    offerAdapters();
  }

  /** Makes a list equal to another and leaves what stays in place, so that no selection is lost. */
  private static void agree(ObservableList<Choice> list, List<Choice> wanted) {
    list.removeIf(choice -> !wanted.contains(choice));
    for (int at = 0; at < wanted.size(); at++) {
      if (at >= list.size() || !list.get(at).equals(wanted.get(at))) {
        list.remove(wanted.get(at));
        list.add(at, wanted.get(at));
      }
    }
  }

  private void offerAdapters() {
    Choice base = model.get();
    if (base == null) {
      return;
    }
    List<AdapterEntry> own =
        library.models().stream()
            .filter(entry -> entry.path().equals(base.path()))
            .findFirst()
            .map(library::adaptersOf)
            .orElse(List.of());
    choicesWork.run(
        () -> ChatChoices.of(base.path(), services.workingFolder(), own),
        this::offer,
        services.dialogs()::show);
  }

  private void offer(ChatChoices choices) {
    Choice chosen = adapter.get();
    var all = new ArrayList<Choice>();
    all.add(none());
    all.addAll(choices.adapters());
    if (wantedAdapter != null) {
      Choice wanted = find(all, wantedAdapter);
      if (wanted == null) {
        wanted = new Choice(wantedAdapter.getFileName().toString(), wantedAdapter);
        all.add(wanted);
      }
      chosen = wanted;
      wantedAdapter = null;
    } else if (!all.contains(chosen)) {
      all.add(chosen); // a scan under way has not come to it yet; a conversation may hang on it
    }
    agree(adapters, all);
    adapter.set(chosen);
    samples.setAll(choices.prompts());
  }

  private static Choice find(List<Choice> choices, Path path) {
    return choices.stream().filter(c -> path.equals(c.path())).findFirst().orElse(null);
  }
}
