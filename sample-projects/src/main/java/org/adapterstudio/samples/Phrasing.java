package org.adapterstudio.samples;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Says an order in English. In a pattern, G stands for the goods, N for the name, C for the city
 * and W for the day with its preposition, or for nothing.
 */
final class Phrasing {
  private static final List<String> REQUESTS =
      List.of(
          "Please send #G to #N in #C#W.",
          "#N in #C would like #G#W.",
          "Could you ship #G to #C for #N#W?",
          "I need #G for #N#W, delivered to #C.",
          "Order #G for #N in #C#W, please.",
          "Hello, this is #N from #C. I want to buy #G#W.",
          "We have to get #G to #N#W. The address is in #C.",
          "#N has asked for #G#W. Send everything to #C.",
          "My name is #N and I live in #C. Can I have #G#W?",
          "The office in #C wants #G#W. Ask for #N.",
          "Can you bring #G#W to #C? They are for #N.",
          "Pack #G and send them to #C#W. #N is waiting.");
  private static final List<String> CONFIRMATIONS =
      List.of(
          "Of course. #N in #C will get #G#W.",
          "Thank you. We will send #G to #N in #C#W.",
          "Very well, #G for #N, to #C#W.",
          "Certainly, #G will go to #C for #N#W.");
  private static final List<String> STORIES =
      List.of(
          "#N lives in #C. Last week #N bought #G and was happy with them.",
          "In #C there is a small shop. #N went there#W and found #G.",
          "#N sold #G in #C#W. Nobody else had any.",
          "A van came to #C#W. It brought #G, and #N carried them inside.",
          "There were #G in the house of #N in #C.",
          "#N said: \"I saw #G in #C#W.\"");
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

  /** The order as part of a story. */
  static String story(Order order, SplittableRandom random) {
    return say(World.pick(random, STORIES), order, random);
  }

  private static String say(String pattern, Order order, SplittableRandom random) {
    String when = order.day() == null ? "" : World.pick(random, WHEN) + order.day();
    String number =
        random.nextInt(4) == 0 ? "" + order.count() : World.NUMBERS.get(order.count() - 1);
    String text =
        pattern
            .replace("#G", number + " " + order.kind())
            .replace("#N", order.name())
            .replace("#C", order.city())
            .replace("#W", when);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
