package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Part;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.Values;

/**
 * Pictures and texts as vectors in one space, near where they belong together (arXiv:2103.00020).
 *
 * @param textProjection from the text tower into the shared space
 * @param imageProjection from the image tower into it
 * @param logitScale name of the parameter s of logits = e^s cos, a single number
 */
public record TwinTowers(
    Sizes sizes,
    TextTower text,
    Linear textProjection,
    ImageTower image,
    Linear imageProjection,
    String logitScale)
    implements Network {
  @Override
  public Inventory inventory() {
    Part bridge =
        inventory -> {
          inventory.linear(imageProjection);
          inventory.linear(textProjection);
          inventory.parameter(logitScale);
        };
    return Inventory.of(text, image, bridge);
  }

  /** Both projections can be adapted as any other layer: the output is their product. */
  @Override
  public List<Linear> heads() {
    return List.of();
  }

  /**
   * {@code logits_per_image} [B, T], {@code logits_per_text} [T, B], {@code image_embeds} and
   * {@code text_embeds}; where only pictures or only texts are given, their vectors alone.
   */
  @Override
  public SequencedMap<String, NDArray> outputs(Pass pass, Inputs in, Tap tap) {
    if (in.dense() == null && in.tokens() == null) {
      throw StudioException.badInput(
          "The inputs hold neither pixel_values nor input_ids.", "Give one of them, or both.");
    }
    var outputs = new LinkedHashMap<String, NDArray>();
    if (in.dense() != null && in.tokens() != null) {
      NDArray images = imageVectors(pass, in.dense(), tap);
      NDArray texts = textVectors(pass, in.tokens(), tap);
      outputs.put("logits_per_image", similarities(pass, images, texts));
      outputs.put("logits_per_text", similarities(pass, texts, images));
      outputs.put("image_embeds", images);
      outputs.put("text_embeds", texts);
    } else if (in.dense() != null) {
      outputs.put("image_embeds", imageVectors(pass, in.dense(), tap));
    } else {
      outputs.put("text_embeds", textVectors(pass, in.tokens(), tap));
    }
    return outputs;
  }

  /** Vectors [B, E] of length one. */
  public NDArray imageVectors(Pass pass, Values pixels, Tap tap) {
    NDArray pooled = image.pooled(pass, pixels, state -> tap.hear("hidden_states.vision", state));
    return pass.scope().call("unit_rows", pass.linear(imageProjection, pooled));
  }

  /** Vectors [T, E] of length one. */
  public NDArray textVectors(Pass pass, Tokens tokens, Tap tap) {
    NDArray pooled = text.pooled(pass, tokens, state -> tap.hear("hidden_states.text", state));
    return pass.scope().call("unit_rows", pass.linear(textProjection, pooled));
  }

  /** Logits [N, M] of vectors [N, E] and [M, E]. */
  public NDArray similarities(Pass pass, NDArray a, NDArray b) {
    return pass.scope().call("similarities", a, b, pass.parameter(logitScale));
  }

  /**
   * The contrastive loss, times the pairs: each picture is told from the others' texts, and each
   * text from the others' pictures.
   *
   * @param labels not read, for picture i belongs to text i
   */
  @Override
  public Loss loss(Pass pass, Inputs in, long[] labels) {
    boolean both = in.dense() != null && in.tokens() != null;
    if (!both || in.dense().shape()[0] != in.tokens().rows()) {
      throw StudioException.badInput(
          "The loss needs pairs: as many rows of input_ids as of pixel_values.",
          "Give each picture its text.");
    }
    Scope scope = pass.scope();
    NDArray images = imageVectors(pass, in.dense(), Tap.NONE);
    NDArray texts = textVectors(pass, in.tokens(), Tap.NONE);
    return new Loss(scope.call("contrastive_sum", similarities(pass, texts, images)), in.rows());
  }

  @Override
  public boolean labelled() {
    return false;
  }

  @Override
  public int targets(Inputs in, long[] labels) {
    return in.rows();
  }

  /** One picture and one text. */
  @Override
  public Inputs probe() {
    Tokens tokens = Tokens.probe(Math.min(16, sizes.contextLength()), sizes.vocabulary());
    return new Inputs(tokens, null, image.probe());
  }
}
