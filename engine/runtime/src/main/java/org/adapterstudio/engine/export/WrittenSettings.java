package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * An adapter's settings as they go into its config: with the names under which PEFT looks for
 * modules, which are those of transformers in memory ({@code docs/decisions/014-module-names.md}).
 *
 * @param adapted layers the method acts on
 * @param modules all that it acts on, where these are not layers
 */
record WrittenSettings(
    Recipe.Adapter given, Network network, List<Linear> adapted, List<String> modules) {
  /** The settings of a model as they are written. */
  static Recipe.Adapter of(AdaptedModel model) {
    Recipe.Adapter given = model.settings();
    Network network = model.network();
    Method method = Method.of(MethodCatalogue.card("adapter", given.method()));
    return new WrittenSettings(
            given, network, method.targets(given, network), method.modules(given, network))
        .written();
  }

  private Recipe.Adapter written() {
    boolean renamed = adapted.stream().anyMatch(site -> !name(site).equals(site.module()));
    JsonNode targets = given.targetModules();
    boolean all = !targets.isArray() && targets.asText().equals("all-linear");
    return settings(
        all || renamed ? Json.tree(targets()) : targets,
        renamed ? ranks() : given.rankPattern(),
        renamed ? alphas() : given.alphaPattern());
  }

  private Recipe.Adapter settings(
      JsonNode targets, Map<String, Integer> ranks, Map<String, Double> alphas) {
    return new Recipe.Adapter(
        given.method(),
        given.rank(),
        given.alpha(),
        given.dropout(),
        targets,
        given.layersToTransform(),
        ranks,
        alphas,
        given.modulesToSave().stream().map(network::inMemory).toList(),
        given.bias(),
        given.knobs(),
        given.initializer());
  }

  /** The layers' last names, which any reader understands, or whole ones where more end so. */
  private List<String> targets() {
    if (adapted.isEmpty()) {
      return modules.stream().map(network::inMemory).toList();
    }
    List<String> lastNames = adapted.stream().map(site -> lastOf(name(site))).distinct().toList();
    Recipe.Adapter brief = settings(Json.tree(lastNames), Map.of(), Map.of());
    boolean clear = TargetSelection.of(brief, network).equals(adapted);
    return clear ? lastNames : adapted.stream().map(this::name).toList();
  }

  private Map<String, Integer> ranks() {
    return differing(given.rank(), site -> TargetSelection.rank(given, network, site));
  }

  private Map<String, Double> alphas() {
    return differing(given.alpha(), site -> TargetSelection.alpha(given, network, site));
  }

  /** By whole name, what differs from the common value. */
  private <V> Map<String, V> differing(V common, Function<Linear, V> value) {
    var differing = new LinkedHashMap<String, V>();
    for (Linear site : adapted) {
      V own = value.apply(site);
      if (!own.equals(common)) {
        differing.put(name(site), own);
      }
    }
    return differing;
  }

  private String name(Linear site) {
    return network.inMemory(site.module());
  }

  private static String lastOf(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
