package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Part;
import org.adapterstudio.engine.model.part.SoundEmbedding;
import org.adapterstudio.engine.model.part.TokenEmbedding;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.Values;

/** What an encoder reads, and how its first stream is made of it. */
public sealed interface Source extends Part {
  /** The first stream [B, T, D]; what the inputs lack is named. */
  NDArray stream(Pass pass, Inputs in);

  /** Whose padding is not looked at; null where everything is real. */
  Tokens padding(Inputs in);

  /** Positions of one example. */
  int positions(Inputs in);

  /** A fixed example of one row. */
  Inputs probe();

  /** Text. */
  record Text(TokenEmbedding embedding) implements Source {
    @Override
    public void list(Inventory inventory) {
      inventory.add(embedding);
    }

    @Override
    public NDArray stream(Pass pass, Inputs in) {
      if (in.tokens() == null) {
        throw missing("input_ids");
      }
      return embedding.of(pass, in.tokens(), 0);
    }

    @Override
    public Tokens padding(Inputs in) {
      return in.tokens();
    }

    @Override
    public int positions(Inputs in) {
      return in.tokens().length();
    }

    @Override
    public Inputs probe() {
      return Inputs.of(Tokens.probe(16, embedding.vocabulary()));
    }
  }

  /** Sound. */
  record Sound(SoundEmbedding embedding) implements Source {
    @Override
    public void list(Inventory inventory) {
      inventory.add(embedding);
    }

    @Override
    public NDArray stream(Pass pass, Inputs in) {
      if (in.dense() == null) {
        throw missing("input_features");
      }
      return embedding.of(pass, in.dense());
    }

    @Override
    public Tokens padding(Inputs in) {
      return null;
    }

    @Override
    public int positions(Inputs in) {
      return embedding.length();
    }

    @Override
    public Inputs probe() {
      float[] waves = new float[embedding.bands() * embedding.frames()];
      for (int i = 0; i < waves.length; i++) {
        waves[i] = (float) Math.sin(0.37 * i);
      }
      return Inputs.of(new Values(waves, new long[] {1, embedding.bands(), embedding.frames()}));
    }
  }

  private static StudioException missing(String name) {
    return StudioException.badInput(
        "The inputs have no " + name + ", which this model's encoder reads.",
        "Give them under that name.");
  }
}
