package org.adapterstudio.samples;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Says an order in English. In a pattern, #G stands for the goods, #C for the city and #W for the
 * day with its preposition, or for nothing.
 */
final class Phrasing {
  private static final List<String> REQUESTS =
      List.of(
          "Please send #G to #C#W.",
          "Our office in #C would like #G#W.",
          "Could you ship #G to #C#W?",
          "I need #G#W, delivered to #C.",
          "My address is in #C. I want to order #G#W.",
          "Hello, this is the shop in #C. We want to buy #G#W.",
          "We have to get #G#W. Our house is in #C.",
          "A friend has asked for #G#W. Send everything to #C.",
          "I live in #C. Can I have #G#W?",
          "The school in #C wants #G#W. Is that possible?",
          "Can you bring #G#W to #C? Thank you.",
          "Pack #G and send them to #C#W. We are waiting.");
  private static final List<String> CONFIRMATIONS =
      List.of(
          "Of course, #G for #C#W.",
          "Thank you. We will send #G to #C#W.",
          "Certainly, #G will go to #C#W.");
  private static final List<String> WHEN = List.of(" by ", " on ", " before ", " for ");

  private Phrasing() {}

  /** The order as somebody would ask for it. */
  static String request(Order order, SplittableRandom random) {
    return say(World.pick(random, REQUESTS), order, random);
  }

  /** The order as a clerk would repeat it. */
  static String confirmation(Order order, SplittableRandom random) {
    return say(World.pick(random, CONFIRMATIONS), order, random);
  }

  private static String say(String pattern, Order order, SplittableRandom random) {
    String when = order.day() == null ? "" : World.pick(random, WHEN) + order.day();
    String number =
        random.nextInt(4) == 0 ? "" + order.count() : World.NUMBERS.get(order.count() - 1);
    String text =
        pattern
            .replace("#G", number + " " + order.kind())
            .replace("#C", order.city())
            .replace("#W", when);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
