package org.adapterstudio.engine.export;

import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.EncoderHead;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.MaskedLanguageHead;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.NoHead;
import org.adapterstudio.engine.model.network.Segmenter;
import org.adapterstudio.engine.model.network.SequenceClassifier;
import org.adapterstudio.engine.model.network.Source;
import org.adapterstudio.engine.model.network.TextEncoder;
import org.adapterstudio.engine.model.network.TwinTowers;

/** The class of transformers that loads a network whatever its family. */
final class AutoClass {
  private AutoClass() {}

  /** Its name, e.g. {@code AutoModelForImageClassification}. */
  static String of(Network network) {
    return "Auto" + kind(network);
  }

  private static String kind(Network network) {
    return switch (network) {
      case CausalLanguageModel _ -> "ModelForCausalLM";
      case EncoderDecoder both when both.source() instanceof Source.Sound ->
          "ModelForSpeechSeq2Seq";
      case EncoderDecoder _ -> "ModelForSeq2SeqLM";
      case TextEncoder encoder -> kind(encoder.head());
      case ImageClassifier picture when picture.head().isPresent() -> "ModelForImageClassification";
      case ImageClassifier _, TwinTowers _, Segmenter _ -> "Model";
    };
  }

  private static String kind(EncoderHead head) {
    return switch (head) {
      case SequenceClassifier _ -> "ModelForSequenceClassification";
      case MaskedLanguageHead _ -> "ModelForMaskedLM";
      case NoHead _ -> "Model";
    };
  }
}
