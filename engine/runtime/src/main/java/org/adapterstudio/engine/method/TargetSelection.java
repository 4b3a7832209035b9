package org.adapterstudio.engine.method;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;

/** Which layers a recipe means, matched as PEFT matches them. */
public final class TargetSelection {
  private TargetSelection() {}

  /** The chosen layers in network order; none is bad input that lists what there is. */
  public static List<Linear> of(Recipe.Adapter settings, Network network) {
    var chosen =
        network.sites().stream()
            .filter(site -> wanted(settings.targetModules(), site, network))
            .filter(site -> !WholeParameters.saves(settings, network, site.weight()))
            .filter(site -> inLayers(settings.layersToTransform(), site))
            .toList();
    if (chosen.isEmpty()) {
      throw StudioException.badInput(
          "adapter.target_modules: "
              + settings.targetModules()
              + " matches no layer of this model.",
          "It has "
              + String.join(
                  ", ",
                  network.sites().stream().map(TargetSelection::shortName).distinct().toList())
              + ".");
    }
    return chosen;
  }

  /** Modules that a recipe means out of some, in their order; none is bad input. */
  public static List<String> among(
      List<String> modules, Recipe.Adapter settings, Network network, String kind) {
    JsonNode targets = settings.targetModules();
    boolean all = targets.asText().equals("all-linear") || targets.isMissingNode();
    var chosen = modules.stream().filter(own -> all || meant(targets, own, network)).toList();
    if (chosen.isEmpty()) {
      throw StudioException.badInput(
          "adapter.target_modules: %s matches no %s of this model.".formatted(targets, kind),
          modules.isEmpty()
              ? "It has none; choose another method."
              : "It has " + String.join(", ", modules) + ".");
    }
    return chosen;
  }

  /** Rank of one layer: the first matching entry of rank_pattern, else the recipe's rank. */
  public static int rank(Recipe.Adapter settings, Network network, Linear site) {
    int rank = pattern(settings.rankPattern(), network, site).orElse(settings.rank());
    if (rank < 1 || rank > Math.min(site.in(), site.out())) {
      throw StudioException.badInput(
          "adapter.rank: rank %d does not fit the layer %s of %d x %d."
              .formatted(rank, site.module(), site.out(), site.in()),
          "Use a rank from 1 to " + Math.min(site.in(), site.out()) + ".");
    }
    return rank;
  }

  /** Alpha of one layer: the first matching entry of alpha_pattern, else the recipe's alpha. */
  public static double alpha(Recipe.Adapter settings, Network network, Linear site) {
    return pattern(settings.alphaPattern(), network, site).orElse(settings.alpha());
  }

  /** Keys match as PEFT matches them: a whole name, or its end after a dot, as an expression. */
  private static <V> Optional<V> pattern(Map<String, V> patterns, Network network, Linear site) {
    return patterns.entrySet().stream()
        .filter(entry -> fits("(.*\\.)?(" + entry.getKey() + ")", network, site.module()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Whether a module's name, or its name in transformers' memory, is one of these or ends so. */
  static boolean named(Iterable<String> names, Network network, String module) {
    for (String own : List.of(module, network.inMemory(module))) {
      for (String name : names) {
        if (own.equals(name) || own.endsWith("." + name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean wanted(JsonNode targets, Linear site, Network network) {
    return targets.asText().equals("all-linear")
        ? inner(site, network)
        : meant(targets, site.module(), network);
  }

  /** Linear layers that do not make the output; in a network without any, its convolutions. */
  private static boolean inner(Linear site, Network network) {
    boolean convolutions = network.heads().containsAll(network.linears());
    boolean fits =
        site.form() instanceof Linear.Product
            || convolutions && site.form() instanceof Linear.Window;
    return fits && !network.heads().contains(site);
  }

  private static boolean meant(JsonNode targets, String module, Network network) {
    if (targets.isArray()) {
      var names = new ArrayList<String>();
      targets.forEach(name -> names.add(name.asText()));
      return named(names, network, module);
    }
    String text = targets.asText();
    try {
      return fits(text, network, module);
    } catch (PatternSyntaxException e) {
      throw StudioException.badInput(
          "adapter.target_modules: \""
              + text
              + "\" is not a regular expression ("
              + e.getDescription()
              + ").",
          "Give a list of names, \"all-linear\", or a valid expression over the whole name.");
    }
  }

  private static boolean fits(String expression, Network network, String module) {
    return Pattern.matches(expression, module)
        || Pattern.matches(expression, network.inMemory(module));
  }

  private static boolean inLayers(List<Integer> layers, Linear site) {
    return layers == null || layers.contains(site.layer());
  }

  private static String shortName(Linear site) {
    return site.module().substring(site.module().lastIndexOf('.') + 1);
  }
}
