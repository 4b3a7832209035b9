package org.adapterstudio.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.method.Knob;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.TaskNeeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio methods}: the catalogue, or one card of it. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the methods a recipe can name, shows one method's card with its settings, or two",
      "methods beside each other."
    },
    footer = {
      "",
      "Examples:",
      "  studio methods",
      "  studio methods lora",
      "  studio methods lora dora",
      "  studio methods --kind adapter --search orthogonal",
      "  studio methods --json"
    })
final class MethodsCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(arity = "0..2", paramLabel = "KEY", description = "One card, or two to compare.")
  private List<String> keys = List.of();

  @Option(names = "--kind", paramLabel = "KIND", description = "Only adapter, initializer, ...")
  private String kind;

  @Option(
      names = "--search",
      paramLabel = "WORDS",
      description = "Only those with these words in key, title, sentence or paper.")
  private String search = "";

  @Mixin private JsonOutput json;

  MethodsCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    List<MethodCard> found =
        keys.isEmpty()
            ? MethodCatalogue.cards().stream().filter(this::asked).toList()
            : keys.stream().flatMap(key -> named(key).stream()).toList();
    json.print(desk, found, () -> print(found));
    return Exit.OK;
  }

  private boolean asked(MethodCard card) {
    return (kind == null || card.kind().equals(kind)) && card.mentions(search);
  }

  private static List<MethodCard> named(String key) {
    List<MethodCard> named =
        MethodCatalogue.cards().stream().filter(card -> card.key().equals(key)).toList();
    if (named.isEmpty()) {
      throw StudioException.badInput(
          "There is no method \"" + key + "\".", "`studio methods` lists them.");
    }
    return named;
  }

  private void print(List<MethodCard> cards) {
    switch (keys.size()) {
      case 0 -> list(cards);
      case 1 -> cards.forEach(this::show);
      default -> compare(cards);
    }
  }

  private void list(List<MethodCard> cards) {
    var table = new Table("KIND", "KEY", "TITLE", "WHAT IT DOES");
    cards.forEach(card -> table.row(card.kind(), card.key(), card.title(), card.sentence()));
    desk.out().print(table);
  }

  /** Point by point, since the sentences are long. */
  private void compare(List<MethodCard> cards) {
    point("what it does", cards, MethodCard::sentence);
    point("formula", cards, MethodCard::formula);
    point("trainable numbers per target", cards, MethodCard::trainable);
    point("can", cards, MethodsCommand::capabilities);
    point("settings", cards, MethodsCommand::settings);
    point("paper", cards, MethodCard::paper);
  }

  private void point(String name, List<MethodCard> cards, Function<MethodCard, String> of) {
    desk.out().println(name);
    int width = cards.stream().mapToInt(card -> card.title().length()).max().orElse(0);
    for (MethodCard card : cards) {
      String title = card.title() + " ".repeat(width - card.title().length());
      desk.out().printf("  %s  %s%n", title, of.apply(card));
    }
  }

  private static String settings(MethodCard card) {
    return card.knobs().stream().map(Knob::key).collect(Collectors.joining(", "));
  }

  private void show(MethodCard card) {
    var out = desk.out();
    out.printf("%s (%s %s)%n%s%n", card.title(), card.kind(), card.key(), card.sentence());
    out.println();
    if (!card.formula().isEmpty()) {
      out.printf("  formula     %s%n", card.formula());
    }
    if (card.task() != null) {
      needs(card.task());
    } else {
      out.printf("  trainable   %s numbers per target%n", card.trainable());
    }
    if (!card.paper().isEmpty()) {
      out.printf("  paper       %s%n", card.paper());
    }
    if (card.task() == null) {
      out.printf("  can         %s%n", capabilities(card));
      starts(card);
    }
    for (Knob knob : card.knobs()) {
      out.printf(
          "%n  %s = %s (%s)%n    %s%n", knob.key(), knob.initial(), range(knob), knob.help());
    }
  }

  /** Which start states a method has, or which methods a start state suits. */
  private void starts(MethodCard card) {
    if (card.kind().equals("initializer")) {
      desk.out().printf("  starts      %s%n", String.join(", ", card.suits()));
      return;
    }
    List<String> starts = MethodCatalogue.starts(card.key());
    if (!starts.isEmpty()) {
      desk.out().printf("  starts by   %s (adapter.initializer)%n", String.join(", ", starts));
    }
  }

  private void needs(TaskNeeds task) {
    desk.out().printf("  families    %s%n", String.join(", ", families(task)));
    task.formats()
        .forEach(
            (name, fields) -> desk.out().printf("  row         %s: %s%n", name, words(fields)));
  }

  private static List<String> families(TaskNeeds task) {
    return ModelFamilies.keys().stream()
        .filter(key -> task.suits(ModelFamilies.find(key).orElseThrow()))
        .toList();
  }

  private static String words(List<TaskNeeds.Field> fields) {
    return fields.stream()
        .map(field -> field.optional() ? "[" + field.name() + "]" : field.name())
        .collect(Collectors.joining(", "));
  }

  private static String capabilities(MethodCard card) {
    var words =
        card.capabilities().stream()
            .sorted()
            .map(can -> can.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
            .toList();
    return words.isEmpty() ? "nothing beyond training" : String.join(", ", words);
  }

  private static String range(Knob knob) {
    return switch (knob) {
      case Knob.Whole whole -> "whole, " + whole.min() + " to " + whole.max();
      case Knob.Real real -> "real, " + real.min() + " to " + real.max();
      case Knob.Choice choice -> "one of " + String.join(", ", choice.options());
      case Knob.Flag _ -> "true or false";
      case Knob.Names _ -> "a list";
    };
  }
}
