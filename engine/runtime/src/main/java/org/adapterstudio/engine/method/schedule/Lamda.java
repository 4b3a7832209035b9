package org.adapterstudio.engine.method.schedule;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Factored;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * LaMDA (arXiv:2406.12832): y = W x + b + s (B S - B0 S0) A x with A frozen, S [r, r] trained
 * throughout and B trained at first, its columns freezing from the largest singular value on. A, B0
 * and s S0 are the first singular triplets of W. LaMDA++ gives layers ranks by their spectra.
 */
public final class Lamda implements Method {
  @Override
  public Recipe.Adapter settle(Attachment at) {
    if (!at.flag("spectral_ranks") || !at.settings().rankPattern().isEmpty()) {
      return at.settings();
    }
    var ranks =
        SpectralRanks.of(
            at.targets().stream().mapToDouble(site -> energy(at, site)).toArray(),
            at.settings().rank(),
            at.knobs().whole("rank_min"),
            at.targets().stream().mapToInt(site -> limit(at, site)).toArray());
    var pattern = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < ranks.length; i++) {
      pattern.put(at.targets().get(i).module(), ranks[i]);
    }
    return at.settings().ranked(pattern);
  }

  /** Share of the first r squared singular values of W in all of them. */
  private static double energy(Attachment at, Linear site) {
    try (Scope work = Kernels.get().unrecorded()) {
      float[] values = work.call("singular_values", at.weight(work, site)).toFloatArray();
      double first = 0;
      double all = 0;
      for (int i = 0; i < values.length; i++) {
        double square = (double) values[i] * values[i];
        first += i < at.settings().rank() ? square : 0;
        all += square;
      }
      return all == 0 ? 1 : first / all;
    }
  }

  private static int limit(Attachment at, Linear site) {
    return Math.min(at.knobs().whole("rank_max"), Math.min(site.in(), site.out()));
  }

  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    var freezing = new ArrayList<Layer>();
    for (Linear site : at.targets()) {
      var layer = layer(at, site);
      freezing.add(layer);
      layers.put(site.module(), layer);
    }
    return Attached.of(layers).with(new ColumnFreeze(at.knobs().real("eta"), freezing));
  }

  private static Layer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    double s = at.alpha(site) / rank;
    boolean spectral = at.knobs().text("start").equals("spectral");
    if (at.start().stored()) {
      var start = spectral ? Optional.of(at.zeros(site.out(), rank)) : Optional.<NDArray>empty();
      NDArray a = at.zeros(rank, site.in());
      return new Layer(at, site, s, a, at.zeros(rank, rank), at.zeros(site.out(), rank), start);
    }
    return spectral ? spectral(at, site, rank, s) : random(at, site, rank, s);
  }

  private static Layer spectral(Attachment at, Linear site, int rank, double s) {
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray w = at.weight(work, site);
      List<NDArray> found =
          work.callAll("lamda_start", List.of(), w, work.scalar(rank), work.scalar(s));
      found.forEach(at.owner()::adopt);
      NDArray product = at.owner().adopt(work.call("lamda_product", found.get(1), found.get(2)));
      return new Layer(at, site, s, found.get(0), found.get(2), found.get(1), Optional.of(product));
    }
  }

  /** The released code's start: A as LoRA's, B zero, S uniform within 1 / sqrt(r). */
  private static Layer random(Attachment at, Linear site, int rank, double s) {
    String module = site.module();
    RandomGenerator random = at.random(module + ".S");
    float[] values = new float[rank * rank];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) / Math.sqrt(rank));
    }
    return new Layer(
        at,
        site,
        s,
        at.kaimingUniform(module, rank, site.in()),
        at.owner().floats(values, rank, rank),
        at.zeros(site.out(), rank),
        Optional.empty());
  }

  /** One layer. */
  static final class Layer implements Factored {
    private final Attachment at;
    private final Linear site;
    private final double s;
    private final NDArray a;
    private final NDArray core;
    private final NDArray b;
    private final Optional<NDArray> start;
    private boolean frozen;

    /**
     * @param a A [r, in]
     * @param core S [r, r]
     * @param b B [out, r]
     * @param start B0 S0 [out, r], where it is taken out
     */
    Layer(
        Attachment at,
        Linear site,
        double s,
        NDArray a,
        NDArray core,
        NDArray b,
        Optional<NDArray> start) {
      this.at = at;
      this.site = site;
      this.s = s;
      this.a = a;
      this.core = core;
      this.b = b;
      this.start = start;
    }

    @Override
    public String module() {
      return site.module();
    }

    @Override
    public double dropout() {
      return at.settings().dropout();
    }

    int rank() {
      return (int) core.getShape().get(0);
    }

    NDArray b() {
      return b;
    }

    /** Whether the whole of B is frozen. */
    boolean frozen() {
      return frozen;
    }

    void freeze(boolean now) {
      frozen = now;
    }

    /** With A frozen the change is of rank r, whatever was taken out. */
    @Override
    public LowRank factors(Scope scope) {
      NDArray columns =
          start
              .map(taken -> scope.call("lamda_change", b, core, taken))
              .orElseGet(() -> scope.call("lamda_product", b, core));
      return new LowRank(a, columns, s);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("lora_S", core);
      if (!frozen) {
        tensors.put("lora_B", b);
      }
      return tensors;
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      kept.put("lora_A", Kept.of(a));
      if (frozen) {
        kept.put("lora_B", Kept.of(b));
      }
      start.ifPresent(taken -> kept.put("lora_B0S0", Kept.of(taken)));
      return kept;
    }
  }
}
