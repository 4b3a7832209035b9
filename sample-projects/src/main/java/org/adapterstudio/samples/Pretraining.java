package org.adapterstudio.samples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Conversations from which the base learns to read orders and to copy from them: confirmations,
 * notes, questions and drills. None of them has the form of the adapter's answers.
 */
final class Pretraining {
  private static final List<String> MARKS =
      List.of("\"", "{", "}", ":", ",", "[", "]", "(", ")", "-", "/", "!", "?", ".", ";", "=");

  private final SplittableRandom random;

  Pretraining(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The next conversation. */
  Chat next() {
    return switch (random.nextInt(20)) {
      case 0, 1 -> confirmation();
      case 2, 3 -> questions();
      case 4 -> numbersAndPlurals();
      case 5 -> repeat();
      default -> summary();
    };
  }

  private Chat confirmation() {
    Order order = Order.draw(random);
    return new Chat()
        .user(Phrasing.request(order, random))
        .assistant(Phrasing.confirmation(order, random));
  }

  private Chat questions() {
    Order order = Order.draw(random);
    var chat = new Chat();
    String before = Phrasing.request(order, random) + "\n";
    for (Field field : shuffled(List.of(Field.values())).subList(0, 3)) {
      chat.user(before + field.question).assistant(field.of(order));
      before = "";
    }
    return chat;
  }

  /** All that an order says, as notes in any order. */
  private Chat summary() {
    Order order = Order.draw(random);
    var notes =
        shuffled(List.of(Field.values())).stream()
            .map(field -> field.word + " " + field.of(order))
            .toList();
    return new Chat()
        .user(Phrasing.request(order, random) + "\nTake notes.")
        .assistant(String.join("\n", notes));
  }

  private Chat numbersAndPlurals() {
    int n = 1 + random.nextInt(World.NUMBERS.size());
    var thing = World.pick(random, World.THINGS);
    return switch (random.nextInt(3)) {
      case 0 -> new Chat().user(World.NUMBERS.get(n - 1) + " in digits").assistant("" + n);
      case 1 -> new Chat().user("one of the " + thing.many()).assistant(thing.one());
      default -> new Chat().user("more than one " + thing.one()).assistant(thing.many());
    };
  }

  private Chat repeat() {
    boolean marked = random.nextBoolean();
    var text = new StringBuilder();
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      text.append(marked && random.nextInt(4) > 0 ? marks() : " ").append(word());
    }
    String line = text.append(marked ? marks() : "").toString().strip();
    return new Chat().user("Repeat: " + line).assistant(line);
  }

  private String marks() {
    var marks = new StringBuilder();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      marks.append(World.pick(random, MARKS));
    }
    return marks.toString();
  }

  private String word() {
    return switch (random.nextInt(4)) {
      case 0 -> World.pick(random, List.of(Field.values())).word;
      case 1 -> random.nextInt(3) == 0 ? "null" : "" + random.nextInt(21);
      case 2 -> World.pick(random, World.COLOURS);
      default -> Field.of(random, Order.draw(random));
    };
  }

  private <T> List<T> shuffled(List<T> list) {
    var mixed = new ArrayList<>(list);
    for (int i = mixed.size() - 1; i > 0; i--) {
      Collections.swap(mixed, i, random.nextInt(i + 1));
    }
    return mixed;
  }

  /** One thing to ask about an order. */
  private enum Field {
    ITEM("item", "What is the item?", order -> order.thing().one()),
    COLOUR("colour", "Which colour?", Order::colour),
    COUNT("count", "How many?", order -> "" + order.count()),
    CITY("city", "Which city?", Order::city),
    DAY("day", "Which day?", Order::day);

    private final String word;
    private final String question;
    private final Function<Order, String> value;

    Field(String word, String question, Function<Order, String> value) {
      this.word = word;
      this.question = question;
      this.value = value;
    }

    private String of(Order order) {
      String said = value.apply(order);
      return said == null ? "none" : said;
    }

    private static String of(SplittableRandom random, Order order) {
      return World.pick(random, List.of(values())).of(order);
    }
  }
}
