package org.adapterstudio.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.method.Knob;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.TaskNeeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code studio methods}: the catalogue, or one card of it. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    description = "Lists the methods a recipe can name, or one method's card with its settings.",
    footer = {
      "",
      "Examples:",
      "  studio methods",
      "  studio methods lora",
      "  studio methods --json"
    })
final class MethodsCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(arity = "0..1", paramLabel = "KEY", description = "Shows this method's card.")
  private String key;

  @Mixin private JsonOutput json;

  MethodsCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    List<MethodCard> cards = MethodCatalogue.cards();
    if (key != null) {
      cards = cards.stream().filter(card -> card.key().equals(key)).toList();
      if (cards.isEmpty()) {
        throw StudioException.badInput(
            "There is no method \"" + key + "\".", "`studio methods` lists them.");
      }
    }
    List<MethodCard> found = cards;
    json.print(desk, found, () -> print(found));
    return Exit.OK;
  }

  private void print(List<MethodCard> cards) {
    if (key == null) {
      list(cards);
    } else {
      cards.forEach(this::show);
    }
  }

  private void list(List<MethodCard> cards) {
    var table = new Table("KIND", "KEY", "TITLE", "WHAT IT DOES");
    cards.forEach(card -> table.row(card.kind(), card.key(), card.title(), card.sentence()));
    desk.out().print(table);
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
    }
    for (Knob knob : card.knobs()) {
      out.printf(
          "%n  %s = %s (%s)%n    %s%n", knob.key(), knob.initial(), range(knob), knob.help());
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
