package org.adapterstudio.engine.classify;

import java.util.List;
import org.adapterstudio.engine.model.pass.Inputs;

/** Says how likely each of some classes is for a picture. */
public sealed interface PictureClassifier permits HeadClassifier, ZeroShot {
  /** Names of the classes. */
  List<String> classes();

  /** Shares [pictures][classes], each row adding up to one. */
  float[][] shares(Inputs pictures);
}
