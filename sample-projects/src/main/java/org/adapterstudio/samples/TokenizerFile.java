package org.adapterstudio.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.adapterstudio.contract.json.Json;

/** The two files by which Hugging Face's readers know a tokenizer. */
final class TokenizerFile {
  private TokenizerFile() {}

  /** tokenizer.json: special tokens first, then the 256 bytes, then one token a merge. */
  static String json(List<String> merges) {
    ObjectNode root = Json.object();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    var added = root.putArray("added_tokens");
    for (int id = 0; id < Chat.SPECIAL.size(); id++) {
      added.add(special(id, Chat.SPECIAL.get(id)));
    }
    root.putNull("normalizer");
    var steps = root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", TokenizerTrainer.WORD);
    split.put("behavior", "Isolated").put("invert", false);
    steps.add(byteLevel());
    root.putNull("post_processor");
    root.set("decoder", byteLevel());
    root.set("model", model(merges));
    return Json.pretty(root);
  }

  /** tokenizer_config.json: which special token does what, and the chat template. */
  static String config() {
    ObjectNode root = Json.object();
    root.put("tokenizer_class", "PreTrainedTokenizerFast");
    root.put("bos_token", Chat.BEGIN);
    root.put("eos_token", Chat.END);
    root.put("pad_token", Chat.PAD);
    root.put("model_max_length", FreshModel.CONTEXT);
    root.put("clean_up_tokenization_spaces", false);
    root.put("chat_template", Chat.TEMPLATE);
    return Json.pretty(root);
  }

  /** A special token as both files of a tokenizer have it. */
  static ObjectNode special(int id, String content) {
    return Json.object()
        .put("id", id)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static ObjectNode byteLevel() {
    return Json.object()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", false);
  }

  private static ObjectNode model(List<String> merges) {
    ObjectNode model = Json.object();
    model.put("type", "BPE");
    model.putNull("dropout");
    model.putNull("unk_token");
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    ObjectNode vocabulary = model.putObject("vocab");
    Chat.SPECIAL.forEach(token -> vocabulary.put(token, vocabulary.size()));
    for (int b = 0; b < 256; b++) {
      vocabulary.put(ByteLetters.of(b), vocabulary.size());
    }
    merges.forEach(merge -> vocabulary.put(merge.replace(" ", ""), vocabulary.size()));
    var pairs = model.putArray("merges");
    merges.forEach(pairs::add);
    return model;
  }
}
