package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.EncoderHead;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.MaskedLanguageHead;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.NoHead;
import org.adapterstudio.engine.model.network.SequenceClassifier;
import org.adapterstudio.engine.model.network.Source;
import org.adapterstudio.engine.model.network.TextEncoder;
import org.adapterstudio.engine.model.network.TwinTowers;

/** What config.json says of the end of a network. */
final class HeadFields {
  private HeadFields() {}

  /** What transformers puts behind a family's name, e.g. {@code ModelForImageClassification}. */
  static String kind(Network network) {
    return switch (network) {
      case CausalLanguageModel _ -> "ModelForCausalLM";
      case EncoderDecoder both when both.source() instanceof Source.Sound ->
          "ModelForSpeechSeq2Seq";
      case EncoderDecoder _ -> "ModelForSeq2SeqLM";
      case TextEncoder encoder -> kind(encoder.head());
      case ImageClassifier picture when picture.head().isPresent() -> "ModelForImageClassification";
      case ImageClassifier _, TwinTowers _ -> "Model";
    };
  }

  private static String kind(EncoderHead head) {
    return switch (head) {
      case SequenceClassifier _ -> "ModelForSequenceClassification";
      case MaskedLanguageHead _ -> "ModelForMaskedLM";
      case NoHead _ -> "Model";
    };
  }

  /** Names a head that the base's folder did not have, and its classes. */
  static void write(ObjectNode config, Network network) {
    String base = config.path("architectures").path(0).asText("");
    String family = base.replaceFirst("(Model|For\\w+)$", "");
    if (family.isEmpty()) {
      String key = network.sizes().modelType();
      family = key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }
    String head = kind(network).substring("Model".length());
    config.putArray("architectures").add(family + head);
    List<String> labels = network.labels();
    if (labels.isEmpty()) {
      return;
    }
    ObjectNode names = Json.object();
    ObjectNode numbers = Json.object();
    for (int i = 0; i < labels.size(); i++) {
      names.put(Integer.toString(i), labels.get(i));
      numbers.put(labels.get(i), i);
    }
    config.set("id2label", names);
    config.set("label2id", numbers);
    config.remove(List.of("num_labels", "problem_type"));
  }
}
