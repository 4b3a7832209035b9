package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.ProductLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * PEANuT (arXiv:2410.01870): a small network reads the weight and answers with its change, dW = s B
 * h with h = f(A W) [r, in], then for each level of depth h = f(E h), and on the way back h = f(D
 * h) + h as it went in. A [r, out], E and D [r, r] start kaiming-uniform, B [out, r] zero. Given W,
 * the change is a product of two thin matrices, so it is exactly a LoRA of rank r.
 */
public final class Peanut implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  /**
   * One layer.
   *
   * @param activation kernel of f
   */
  private record Layer(
      Place place,
      NDArray a,
      NDArray b,
      List<NDArray> encoders,
      List<NDArray> decoders,
      String activation,
      double s)
      implements ProductLayer {
    static Layer start(Attachment at, Linear site) {
      int rank = at.rank(site);
      return new Layer(
          new Place(at.base(), site, 0),
          at.kaimingUniform(site.module(), rank, site.out()),
          at.zeros(site.out(), rank),
          inner(at, site, "encoder", rank),
          inner(at, site, "decoder", rank),
          at.knobs().text("act_fn"),
          at.knobs().real("scaling"));
    }

    private static List<NDArray> inner(Attachment at, Linear site, String kind, int rank) {
      var layers = new ArrayList<NDArray>();
      for (int i = 0; i < at.knobs().whole("depth"); i++) {
        layers.add(at.kaimingUniform(site.module() + "." + kind + i, rank, rank));
      }
      return layers;
    }

    @Override
    public LowRank factors(Scope scope) {
      NDArray h = active(scope, a, place.weight(scope));
      var passed = new ArrayList<NDArray>();
      for (NDArray encoder : encoders) {
        passed.add(h);
        h = active(scope, encoder, h);
      }
      for (NDArray decoder : decoders) {
        h = scope.call("add", active(scope, decoder, h), passed.removeLast());
      }
      return new LowRank(h, b, s);
    }

    private NDArray active(Scope scope, NDArray by, NDArray h) {
      return scope.call(activation, scope.call("matrix_product", by, h));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("peanut_A.weight", a);
      tensors.put("peanut_B.weight", b);
      for (int i = 0; i < encoders.size(); i++) {
        tensors.put("peanut_encoders." + i + ".weight", encoders.get(i));
        tensors.put("peanut_decoders." + i + ".weight", decoders.get(i));
      }
      return tensors;
    }
  }
}
