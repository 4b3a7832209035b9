package org.adapterstudio.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.Knob;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.TaskNeeds;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;

/** The values of the form and their way to and from a recipe; what it has no field for is kept. */
public final class TrainForm {
  private static final String PROMPTS = "sampling.prompts";

  /** What not every task reads. */
  private static final List<String> TASK_SETTINGS =
      List.of("data.chat_template", "data.max_length", "data.packing");

  private final Runnable onChange;
  private final StringProperty model = new SimpleStringProperty("");
  private final StringProperty train = new SimpleStringProperty("");
  private final StringProperty eval = new SimpleStringProperty("");
  private final StringProperty targets = new SimpleStringProperty("all-linear");
  private final StringProperty prompts = new SimpleStringProperty("");
  private final BooleanProperty asks = new SimpleBooleanProperty(true);
  private final StringProperty name = new SimpleStringProperty("");
  private final ObservableMap<String, String> columns = FXCollections.observableHashMap();
  private final ObjectProperty<MethodCard> method = new SimpleObjectProperty<>();
  private final ObjectProperty<List<FormField>> methodFields =
      new SimpleObjectProperty<>(List.of());
  private final List<FormField> baseFields;
  private final List<FormField> dataFields;
  private final List<FormField> scheduleFields;
  private final List<FormField> outputFields;
  private ObjectNode kept =
      Json.tree(new Recipe(Recipe.VERSION, null, null, null, null, null, null));
  private String started = Recipe.Adapter.OWN_START;
  private boolean loading;

  /** A form at its defaults; every change of any value is heard. */
  public TrainForm(Runnable changed) {
    this.onChange = () -> heard(changed);
    baseFields = TrainFields.base(onChange);
    dataFields = TrainFields.data(onChange);
    scheduleFields = TrainFields.schedule(onChange);
    outputFields = TrainFields.output(onChange);
    method.addListener((_, before, card) -> rebuild(before, card));
    method.set(MethodCatalogue.card("adapter", "lora"));
    Stream.of(model, train, eval, targets, prompts, name)
        .forEach(text -> text.addListener((_, _, _) -> onChange.run()));
    columns.addListener((javafx.collections.MapChangeListener<String, String>) _ -> onChange.run());
  }

  private void heard(Runnable changed) {
    if (!loading) {
      changed.run();
    }
  }

  private void rebuild(MethodCard last, MethodCard card) {
    follow(last, card);
    var before = methodFields.get();
    List<FormField> fields = TrainFields.method(card, start(card), onChange);
    for (FormField field : fields) {
      before.stream()
          .filter(old -> old.path().equals(field.path()) && old.value() != null)
          .findFirst()
          .ifPresent(old -> field.set(old.value()));
    }
    fields.stream()
        .filter(field -> field.path().equals(TrainFields.START))
        .forEach(field -> field.textProperty().addListener((_, _, _) -> restart(card)));
    methodFields.set(fields);
    onChange.run();
  }

  /** Another start state has other settings. */
  private void restart(MethodCard card) {
    String now = start(card);
    if (!now.equals(started)) {
      started = now;
      rebuild(card, card);
    }
  }

  private String start(MethodCard card) {
    return methodFields.get().stream()
        .filter(field -> field.path().equals(TrainFields.START) && field.value() != null)
        .map(field -> field.value().asText())
        .filter(MethodCatalogue.starts(card.key())::contains)
        .findFirst()
        .orElse(Recipe.Adapter.OWN_START);
  }

  /** Sets the fields a card wants, and takes back what the card before it had set. */
  private void follow(MethodCard last, MethodCard card) {
    if (loading) {
      return;
    }
    Map<String, JsonNode> wanted = new HashMap<>(card.recipe());
    if (last != null) {
      last.recipe().keySet().forEach(path -> wanted.putIfAbsent(path, MissingNode.getInstance()));
    }
    wanted.forEach((path, value) -> field(path).set(value));
  }

  /** Fills every field from a recipe. */
  public void load(Recipe recipe) {
    loading = true;
    try {
      kept = Json.tree(recipe);
      model.set(text(recipe.model().path()));
      train.set(text(recipe.data().train()));
      eval.set(text(recipe.data().eval()));
      columns.clear();
      columns.putAll(recipe.data().columns());
      targets.set(targetsText(recipe.adapter().targetModules()));
      prompts.set(String.join("\n", recipe.sampling().prompts()));
      name.set(text(recipe.name()));
      method.set(MethodCatalogue.card("adapter", recipe.adapter().method()));
      methodFields.get().stream()
          .filter(field -> field.path().equals(TrainFields.START))
          .toList()
          .forEach(field -> field.set(kept.at("/adapter/initializer")));
      all().toList().forEach(field -> field.set(kept.at("/" + field.path().replace('.', '/'))));
    } finally {
      loading = false;
    }
    onChange.run();
  }

  /** The recipe of what is written; a field whose text is not valid keeps what it had before. */
  public Recipe recipe() {
    ObjectNode root = kept.deepCopy();
    put(root, "name", name.get());
    put(object(root, "model"), "path", model.get());
    ObjectNode data = object(root, "data");
    put(data, "train", train.get());
    put(data, "eval", eval.get());
    data.set("columns", Json.tree(columns));
    ObjectNode adapter = object(root, "adapter");
    adapter.put("method", method.get().key());
    adapter.remove("initializer");
    adapter.set("knobs", Json.object());
    adapter.set("target_modules", targetsNode(targets.get().strip()));
    object(root, "sampling").set("prompts", Json.tree(asks.get() ? promptList() : List.of()));
    all().filter(TrainForm::written).forEach(field -> put(root, field));
    all().filter(field -> !field.shownProperty().get()).forEach(field -> remove(root, field));
    if (data.path("chat_template").asText().equals(TrainFields.OWN_TEMPLATE)) {
      data.remove("chat_template");
    }
    return RecipeFile.parse(root, "The form");
  }

  /** Shows the fields that a task reads and hides those it does not; null shows all. */
  void suit(TaskNeeds task) {
    for (FormField field : all().filter(field -> TASK_SETTINGS.contains(field.path())).toList()) {
      field.shownProperty().set(task == null || task.reads(field.path()));
    }
    asks.set(task == null || task.reads(PROMPTS));
    field("sampling.steps").shownProperty().set(asks.get());
    FormField format = field("data.format");
    format.shownProperty().set(task == null || task.formats().size() > 1);
    var formats = new ArrayList<>(((Knob.Choice) format.knob()).options());
    formats.removeIf(
        name ->
            task != null && !name.equals(TrainFields.AUTO) && !task.formats().containsKey(name));
    format.offer(formats);
  }

  /** A method's own settings stand in a recipe only where they differ. */
  private static boolean written(FormField field) {
    boolean own = field.path().startsWith("adapter.knobs.");
    return field.value() != null && (!own || field.changedProperty().get());
  }

  private List<String> promptList() {
    return prompts.get().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static void put(ObjectNode root, FormField field) {
    parent(root, field).set(name(field), field.value());
  }

  private static void remove(ObjectNode root, FormField field) {
    parent(root, field).remove(name(field));
  }

  private static ObjectNode parent(ObjectNode root, FormField field) {
    String[] path = field.path().split("\\.");
    ObjectNode at = root;
    for (int i = 0; i < path.length - 1; i++) {
      at = object(at, path[i]);
    }
    return at;
  }

  private static String name(FormField field) {
    return field.path().substring(field.path().lastIndexOf('.') + 1);
  }

  private static ObjectNode object(ObjectNode node, String key) {
    return node.get(key) instanceof ObjectNode inner ? inner : node.putObject(key);
  }

  private static void put(ObjectNode node, String key, String text) {
    if (text.isBlank()) {
      node.remove(key);
    } else {
      node.put(key, text.strip());
    }
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  private static String targetsText(JsonNode node) {
    if (!node.isArray()) {
      return node.asText();
    }
    var names = new ArrayList<String>();
    node.forEach(name -> names.add(name.asText()));
    return String.join(", ", names);
  }

  private static JsonNode targetsNode(String text) {
    if (text.isEmpty() || text.equals("all-linear")) {
      return Json.mapper().getNodeFactory().textNode("all-linear");
    }
    // Names are written with letters, digits, _ and dots; anything else is one regular expression.
    boolean names = text.matches("[\\w.,\\s-]+");
    return names
        ? Json.tree(Arrays.stream(text.split("[,\\s]+")).filter(n -> !n.isEmpty()).toList())
        : Json.mapper().getNodeFactory().textNode(text);
  }

  /** Every field of every card. */
  public Stream<FormField> all() {
    return Stream.of(baseFields, dataFields, methodFields.get(), scheduleFields, outputFields)
        .flatMap(List::stream);
  }

  /** Whether base and data are chosen. */
  boolean complete() {
    return !model.get().isBlank() && !train.get().isBlank();
  }

  /** The field at a path of the recipe. */
  public FormField field(String path) {
    return all().filter(field -> field.path().equals(path)).findFirst().orElseThrow();
  }

  /** The base model's folder. */
  public StringProperty modelProperty() {
    return model;
  }

  /** The training file, or the folder of the training files. */
  public StringProperty trainProperty() {
    return train;
  }

  /** The held-out file or folder; blank holds out a share of the training rows. */
  public StringProperty evalProperty() {
    return eval;
  }

  /** "all-linear", names with commas, or one regular expression. */
  public StringProperty targetsProperty() {
    return targets;
  }

  /** Sample prompts, one a line. */
  public StringProperty promptsProperty() {
    return prompts;
  }

  /** Whether the task can answer prompts. */
  public ReadOnlyBooleanProperty asksProperty() {
    return asks;
  }

  /** The run's name; blank takes one from base and method. */
  public StringProperty nameProperty() {
    return name;
  }

  /** Field of the format to column of the file. */
  public ObservableMap<String, String> columns() {
    return columns;
  }

  /** The method; its fields follow. */
  public ObjectProperty<MethodCard> methodProperty() {
    return method;
  }

  /** The fields of the method's card. */
  public ObjectProperty<List<FormField>> methodFieldsProperty() {
    return methodFields;
  }

  /** Fields of the base card. */
  public List<FormField> baseFields() {
    return baseFields;
  }

  /** Fields of the data card. */
  public List<FormField> dataFields() {
    return dataFields;
  }

  /** Fields of the schedule card. */
  public List<FormField> scheduleFields() {
    return scheduleFields;
  }

  /** Fields of the output card. */
  public List<FormField> outputFields() {
    return outputFields;
  }
}
