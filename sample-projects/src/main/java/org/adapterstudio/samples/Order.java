package org.adapterstudio.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;
import org.adapterstudio.contract.json.Json;

/**
 * What one request asks for.
 *
 * @param colour null where the request names none
 * @param day null where the request names none
 */
record Order(World.Thing thing, String colour, int count, String city, String day) {
  /** A random order; one in six lacks the colour, one in six the day. */
  static Order draw(SplittableRandom random) {
    return new Order(
        World.pick(random, World.THINGS),
        random.nextInt(6) == 0 ? null : World.pick(random, World.COLOURS),
        1 + random.nextInt(World.NUMBERS.size()),
        World.pick(random, World.CITIES),
        random.nextInt(6) == 0 ? null : World.pick(random, World.DAYS));
  }

  /** The answer that the adapter learns: one line of JSON, always the same fields in this order. */
  String json() {
    ObjectNode fields = Json.object();
    fields.put("colour", colour);
    fields.put("count", count);
    fields.put("city", city);
    fields.put("day", day);
    return Json.line(fields);
  }

  /** The goods in words, such as "four blue lamps". */
  String goods() {
    return World.NUMBERS.get(count - 1) + " " + kind();
  }

  /** The goods without their number, such as "blue lamps". */
  String kind() {
    return (colour == null ? "" : colour + " ") + (count == 1 ? thing.one() : thing.many());
  }
}
