package org.adapterstudio.engine.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;

/** modules_to_save and bias: parameters trained whole beside the adapter, whatever the method. */
public final class WholeParameters {
  private WholeParameters() {}

  /**
   * Names and shapes of those parameters, in the order of the network. A tied head that is saved
   * gets a weight of its own.
   *
   * @param targeted modules that the method adapts, for bias = lora_only
   */
  public static SequencedMap<String, long[]> of(
      Recipe.Adapter settings, Network network, Set<String> targeted) {
    if (!List.of("none", "all", "lora_only").contains(settings.bias())) {
      throw StudioException.badInput(
          "adapter.bias is \"" + settings.bias() + "\".", "Use none, all or lora_only.");
    }
    var whole = new LinkedHashMap<String, long[]>();
    network
        .parameters()
        .forEach(
            (name, shape) -> {
              String module = name.substring(0, Math.max(0, name.lastIndexOf('.')));
              boolean bias = name.endsWith(".bias") && biased(settings, targeted, module);
              if (saves(settings, network, name) || bias) {
                whole.put(name, shape);
              }
            });
    for (Linear site : network.linears()) {
      if (site.shares().isPresent() && saves(settings, network, site.weight())) {
        whole.put(site.weight(), site.shape());
      }
    }
    return whole;
  }

  /**
   * Whether modules_to_save means a parameter: PEFT takes each module whose name ends with one of
   * the given, and all that is inside it. So "classifier" also means a "pre_classifier".
   */
  static boolean saves(Recipe.Adapter settings, Network network, String parameter) {
    List<String> modules = settings.modulesToSave();
    return inside(modules, parameter) || inside(modules, network.inMemory(parameter));
  }

  private static boolean inside(List<String> modules, String parameter) {
    for (int dot = parameter.indexOf('.'); dot > 0; dot = parameter.indexOf('.', dot + 1)) {
      String module = parameter.substring(0, dot);
      if (modules.stream().anyMatch(module::endsWith)) {
        return true;
      }
    }
    return false;
  }

  private static boolean biased(Recipe.Adapter settings, Set<String> targeted, String module) {
    return settings.bias().equals("all")
        || settings.bias().equals("lora_only") && targeted.contains(module);
  }
}
