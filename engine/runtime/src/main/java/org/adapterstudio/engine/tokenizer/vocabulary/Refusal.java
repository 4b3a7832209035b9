package org.adapterstudio.engine.tokenizer.vocabulary;

import java.nio.file.Path;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/** What is said of vocabulary files that cannot be used. */
final class Refusal {
  private Refusal() {}

  /** A file that is damaged or not what its name says. */
  static StudioException damaged(Path file, String fault) {
    return StudioException.badInput(
        file + " " + fault + ".",
        "Fetch the file again, or put the model's tokenizer.json into the folder.");
  }

  /** The same with what was thrown. */
  static StudioException damaged(Path file, String fault, Exception cause) {
    return new StudioException(damaged(file, fault).failure(), cause);
  }

  /** Files that are sound but would not be read exactly as their own library reads them. */
  static StudioException convert(Path folder, String why) {
    return new StudioException(
        Failure.badInput(
            why,
            "Convert it once where Python is at hand: pip install transformers sentencepiece"
                + " protobuf, then python -c \"from transformers import AutoTokenizer;"
                + " AutoTokenizer.from_pretrained('"
                + folder
                + "').save_pretrained('"
                + folder
                + "')\", which writes tokenizer.json."));
  }
}
