package org.adapterstudio.engine.model;

import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;

/** Inputs of a pass under Hugging Face's names, out of a safetensors file. */
public final class InputFile {
  private static final List<String> DENSE = List.of("pixel_values", "input_features");

  private InputFile() {}

  /** Reads what the network may need; what it then misses, it names itself. */
  public static Inputs read(SafetensorsFile file, Network network) {
    int vocabulary = network.sizes().vocabulary();
    Tokens tokens = tokens(file, "input_ids", "attention_mask", vocabulary);
    Tokens decoder = tokens(file, "decoder_input_ids", "decoder_attention_mask", vocabulary);
    if (decoder == null && network instanceof EncoderDecoder model && file.has("labels")) {
      decoder = model.shifted(file.longs("labels"), (int) file.shape("labels")[0]);
    }
    Values dense = DENSE.stream().filter(file::has).findFirst().map(file::floats).orElse(null);
    if (tokens == null && dense == null) {
      throw StudioException.badInput(
          "The inputs hold none of input_ids, pixel_values and input_features.",
          "Write them under these names.");
    }
    return new Inputs(tokens, decoder, dense);
  }

  private static Tokens tokens(SafetensorsFile file, String name, String mask, int vocabulary) {
    if (!file.has(name) || vocabulary == 0) {
      return null;
    }
    long[] shape = file.shape(name);
    long[] ids = file.longs(name);
    if (shape.length != 2 || ids.length == 0) {
      throw StudioException.badInput(
          name + " has " + shape.length + " dimensions or no numbers.",
          "Give it as [rows, tokens].");
    }
    for (long id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw StudioException.badInput(
            name + " holds " + id + ", but the vocabulary has " + vocabulary + " tokens.",
            "Use ids of this model's tokenizer.");
      }
    }
    return Tokens.of(ids, (int) shape[0])
        .masked(like(file, mask, ids.length))
        .typed(name.equals("input_ids") ? like(file, "token_type_ids", ids.length) : null);
  }

  private static long[] like(SafetensorsFile file, String name, int length) {
    if (!file.has(name)) {
      return null;
    }
    long[] values = file.longs(name);
    if (values.length != length) {
      throw StudioException.badInput(
          name + " has " + values.length + " numbers, not the " + length + " of the tokens.",
          "Give it the same shape as the tokens.");
    }
    return values;
  }
}
