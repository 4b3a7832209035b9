package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.model.part.Part;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Targets;
import org.adapterstudio.engine.model.pass.Tokens;

/** What is made of an encoder's last states. */
public sealed interface EncoderHead extends Part
    permits SequenceClassifier, MaskedLanguageHead, NoHead {
  /** Name of the output, as transformers has it. */
  String outputName();

  /** The output for all last states [B, S, D]. */
  NDArray output(Pass pass, NDArray hidden);

  /** Logits [N, C] of picked states [N, D]. */
  NDArray logits(Pass pass, NDArray states);

  /** Which states are trained to predict what. */
  Targets targets(Tokens in, long[] labels);

  /** Layers that make the output. */
  List<Linear> outputs();
}
