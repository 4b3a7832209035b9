package org.adapterstudio.engine.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.model.part.RopeScaling;
import org.adapterstudio.engine.model.part.Rotary;

/**
 * Rotary embeddings of a config, in the older style ({@code rope_theta} and {@code rope_scaling})
 * and the newer ({@code rope_parameters}, one set or one for each kind of layer).
 *
 * @param node where type, factors and perhaps theta stand
 */
record RopeSettings(Settings settings, JsonNode node) {
  /** The rotary embedding of layers that reach everywhere, or of those with a window. */
  static Rotary of(Settings settings, int headSize, boolean local) {
    JsonNode parameters = settings.config().path("rope_parameters");
    String kind = local ? "sliding_attention" : "full_attention";
    boolean byKind = parameters.path("full_attention").isObject();
    JsonNode node = byKind ? parameters.path(kind) : parameters;
    boolean ownTheta = local && !settings.absent("local_rope_theta");
    if (!node.isObject()) {
      JsonNode older = settings.config().path("rope_scaling");
      node = older.isObject() && !ownTheta ? older : Json.object();
    }
    double standard = settings.number(ownTheta ? "local_rope_theta" : "rope_theta", 10000);
    double theta = node.path("rope_theta").asDouble(standard);
    double share = node.path("partial_rotary_factor").asDouble(settings.number("rotary_share", 1));
    int size = (int) (headSize * share);
    if (size < 2 || size % 2 != 0 || size > headSize || !(theta > 0)) {
      throw settings.wrong("rope_parameters", "do not fit a head of " + headSize + " numbers");
    }
    return new Rotary(size, theta, new RopeSettings(settings, node).scaling(size));
  }

  private RopeScaling scaling(int size) {
    String type = node.path("rope_type").asText(node.path("type").asText("default"));
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(positive("factor"));
      case "dynamic" -> new RopeScaling.Dynamic(positive("factor"), settings.size("context"));
      case "llama3" ->
          new RopeScaling.Llama3(
              positive("factor"),
              positive("low_freq_factor"),
              positive("high_freq_factor"),
              original());
      case "yarn" -> yarn();
      case "longrope", "su" -> longRope(size);
      default ->
          throw StudioException.badInput(
              settings.file() + ": RoPE type \"" + type + "\" is not supported.",
              "Supported: default, linear, dynamic, llama3, yarn, longrope.");
    };
  }

  private RopeScaling yarn() {
    double by = stretch();
    double factor = node.path("attention_factor").asDouble(0);
    double own = node.path("mscale").asDouble(0);
    double all = node.path("mscale_all_dim").asDouble(0);
    if (factor == 0) {
      factor = own > 0 && all > 0 ? mscale(by, own) / mscale(by, all) : mscale(by, 1);
    }
    return new RopeScaling.Yarn(
        by,
        factor,
        node.path("beta_fast").asDouble(32),
        node.path("beta_slow").asDouble(1),
        original(),
        node.path("truncate").asBoolean(true));
  }

  private static double mscale(double by, double weight) {
    return by <= 1 ? 1 : 0.1 * weight * Math.log(by) + 1;
  }

  private RopeScaling longRope(int size) {
    double by = settings.size("context") / original();
    if (node.path("factor").isNumber()) {
      by = positive("factor");
    }
    double spread = by <= 1 ? 1 : Math.sqrt(1 + Math.log(by) / Math.log(original()));
    return new RopeScaling.LongRope(
        factors("short_factor", size / 2),
        factors("long_factor", size / 2),
        node.path("attention_factor").asDouble(spread),
        (int) original());
  }

  private List<Double> factors(String field, int count) {
    var factors = new ArrayList<Double>();
    node.path(field).forEach(factor -> factors.add(factor.asDouble(0)));
    if (factors.size() != count || factors.stream().anyMatch(factor -> !(factor > 0))) {
      throw settings.wrong("rope_scaling." + field, "must hold " + count + " positive numbers");
    }
    return factors;
  }

  private double stretch() {
    return node.path("factor").isNumber()
        ? positive("factor")
        : settings.size("context") / original();
  }

  /** Positions the model was made for before it was stretched. */
  private double original() {
    String field = "original_max_position_embeddings";
    JsonNode given = node.path(field).isNumber() ? node.path(field) : settings.config().path(field);
    return given.isNumber() ? given.asDouble() : settings.size("context");
  }

  private double positive(String field) {
    double value = node.path(field).asDouble(0);
    if (!(value > 0)) {
      throw settings.wrong("rope_scaling." + field, "is missing or not a positive number");
    }
    return value;
  }
}
