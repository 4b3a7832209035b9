package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;

/** Trains a float32 copy of every parameter of the base; tied parameters are one. */
public final class FullFineTuning implements Method {
  @Override
  public Attached attach(Attachment at) {
    var overrides = new LinkedHashMap<String, NDArray>();
    at.base().names().forEach(name -> overrides.put(name, at.copyOf(name)));
    return Attached.overriding(overrides);
  }
}
