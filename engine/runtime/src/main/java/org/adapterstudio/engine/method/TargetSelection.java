package org.adapterstudio.engine.method;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;

/** Which linear layers a recipe means, matched as PEFT matches them. */
public final class TargetSelection {
  private TargetSelection() {}

  /** The chosen layers in network order; none is bad input that lists what there is. */
  public static List<Linear> of(Recipe.Adapter settings, Network network) {
    var chosen =
        network.linears().stream()
            .filter(site -> wanted(settings.targetModules(), site, network.heads()))
            .filter(site -> !WholeParameters.saves(settings, site.weight()))
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
                  network.linears().stream().map(TargetSelection::shortName).distinct().toList())
              + ".");
    }
    return chosen;
  }

  /** Rank of one layer: the first matching entry of rank_pattern, else the recipe's rank. */
  public static int rank(Recipe.Adapter settings, Linear site) {
    int rank = pattern(settings.rankPattern(), site).orElse(settings.rank());
    if (rank < 1 || rank > Math.min(site.in(), site.out())) {
      throw StudioException.badInput(
          "adapter.rank: rank %d does not fit the layer %s of %d x %d."
              .formatted(rank, site.module(), site.out(), site.in()),
          "Use a rank from 1 to " + Math.min(site.in(), site.out()) + ".");
    }
    return rank;
  }

  /** Keys match as PEFT matches them: a whole name, or its end after a dot, as an expression. */
  static <V> Optional<V> pattern(Map<String, V> patterns, Linear site) {
    return patterns.entrySet().stream()
        .filter(entry -> Pattern.matches("(.*\\.)?(" + entry.getKey() + ")", site.module()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean wanted(JsonNode targets, Linear site, List<Linear> heads) {
    if (targets.isArray()) {
      for (JsonNode target : targets) {
        String name = target.asText();
        if (site.module().equals(name) || site.module().endsWith("." + name)) {
          return true;
        }
      }
      return false;
    }
    String text = targets.asText();
    if (text.equals("all-linear")) {
      return !heads.contains(site);
    }
    try {
      return Pattern.matches(text, site.module());
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

  private static boolean inLayers(List<Integer> layers, Linear site) {
    return layers == null || layers.contains(site.layer());
  }

  private static String shortName(Linear site) {
    return site.module().substring(site.module().lastIndexOf('.') + 1);
  }
}
