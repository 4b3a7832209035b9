package org.adapterstudio.samples;

import java.util.List;
import java.util.SplittableRandom;

/** The words of the sample's small world of orders. */
final class World {
  static final List<String> COLOURS =
      words("red blue green yellow black white grey brown pink purple orange silver");
  static final List<String> DAYS =
      words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
  static final List<String> CITIES =
      words("Oslo Paris Rome Berlin Madrid Lisbon Vienna Prague Athens Dublin London Geneva");
  static final List<String> NUMBERS =
      words(
          "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
              + " sixteen seventeen eighteen nineteen twenty");
  static final List<Thing> THINGS =
      words(
              "lamp chair table box:boxes brush:brushes knife:knives shelf:shelves clock"
                  + " mirror basket bottle plate candle pencil scarf:scarves watch:watches")
          .stream()
          .map(Thing::of)
          .toList();

  private World() {}

  /** Something that can be ordered, alone and in numbers. */
  record Thing(String one, String many) {
    private static Thing of(String entry) {
      int colon = entry.indexOf(':');
      return colon < 0
          ? new Thing(entry, entry + "s")
          : new Thing(entry.substring(0, colon), entry.substring(colon + 1));
    }
  }

  /** One entry of a list, each equally likely. */
  static <T> T pick(SplittableRandom random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
