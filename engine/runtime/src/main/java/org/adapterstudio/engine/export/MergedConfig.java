package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;

/** {@code config.json} of a whole model: the base's own, with the head that it has now. */
final class MergedConfig {
  private MergedConfig() {}

  /** The config under which the model's weights are found again, by any program. */
  static ObjectNode of(BaseModel base) {
    var config = (ObjectNode) Json.read(base.folder().resolve("config.json"));
    Purpose purpose = base.purpose();
    if (purpose.head() == Purpose.Head.AS_STORED) {
      return config;
    }
    name(config, base.network());
    if (purpose.head() == Purpose.Head.CLASSIFICATION) {
      classes(config, purpose.labels());
    }
    return config;
  }

  /** The class of transformers that has this head, e.g. {@code BertForMaskedLM}. */
  private static void name(ObjectNode config, Network network) {
    ModelFamily family = ModelFamilies.find(network.sizes().modelType()).orElseThrow();
    boolean reads = network.sizes().vocabulary() > 0;
    String ending =
        switch (network.headKind().orElseThrow()) {
          case CLASSIFICATION -> reads ? "ForSequenceClassification" : "ForImageClassification";
          case MASKED_LANGUAGE -> "ForMaskedLM";
          case AS_STORED -> throw new IllegalStateException("A head is of some kind");
        };
    config.putArray("architectures").add(family.shape().get("class").asText() + ending);
  }

  private static void classes(ObjectNode config, List<String> labels) {
    config.remove("num_labels");
    config.put("problem_type", "single_label_classification");
    ObjectNode names = config.putObject("id2label");
    ObjectNode numbers = config.putObject("label2id");
    for (int i = 0; i < labels.size(); i++) {
      names.put(Integer.toString(i), labels.get(i));
      numbers.put(labels.get(i), i);
    }
  }
}
