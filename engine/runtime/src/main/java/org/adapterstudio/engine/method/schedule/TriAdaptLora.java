package org.adapterstudio.engine.method.schedule;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Factored;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * TriAdaptLoRA (arXiv:2501.08008): dW = s B C A with a square core C = C_low + C_up of two block
 * triangles and s = alpha / (R + 1e-5), R the layer's rank now. Layers whose core grows fastest get
 * more rank, in blocks. The public code starts B and C at zero, where no gradient flows; here only
 * B starts at zero.
 */
public final class TriAdaptLora implements Method {
  static final double DEVIATION = 0.02;

  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    var growing = new ArrayList<Layer>();
    for (Linear site : at.targets()) {
      var layer = new Layer(at, site);
      layer.grow(Math.min(at.knobs().whole("init_rank"), layer.limit()), false);
      growing.add(layer);
      layers.put(site.module(), layer);
    }
    return Attached.of(layers).with(new RankGrowth(at, growing));
  }

  /**
   * What one growth by a ranks to a total of R adds.
   *
   * @param a rows of A [a, in]
   * @param b columns of B [out, a]
   * @param low rows of C_low [a, R]
   * @param up columns of C_up [R, a]
   */
  record Block(NDArray a, NDArray b, NDArray low, NDArray up) {}

  /** One layer and its blocks so far. */
  static final class Layer implements Factored {
    private final Attachment at;
    private final Linear site;
    private final List<Block> blocks = new ArrayList<>();

    Layer(Attachment at, Linear site) {
      this.at = at;
      this.site = site;
    }

    @Override
    public String module() {
      return site.module();
    }

    @Override
    public double dropout() {
      return at.settings().dropout();
    }

    /** The rank now. */
    int rank() {
      return blocks.stream().mapToInt(block -> (int) block.a().getShape().get(0)).sum();
    }

    /** The rank it cannot pass. */
    int limit() {
      return Math.min(site.in(), site.out());
    }

    /** Growths so far, the start included. */
    int blocks() {
      return blocks.size();
    }

    /**
     * Adds a block. Its B is zero; where the output shall stay as it is, so is its C_up, through
     * which the older B would read the new A.
     */
    void grow(int more, boolean silent) {
      int n = blocks.size();
      int rank = rank() + more;
      blocks.add(
          new Block(
              normal("A", n, more, site.in()),
              at.zeros(site.out(), more),
              normal("C_low", n, more, rank),
              silent ? at.zeros(rank, more) : normal("C_up", n, rank, more)));
    }

    private NDArray normal(String name, int n, int rows, int columns) {
      return at.normal(module(), name + n, DEVIATION, rows, columns);
    }

    /** Multiplies the columns of B that are there. */
    void rescale(Scope scope, double factor) {
      b().forEach(b -> scope.call("triadapt_rescaled", b, scope.scalar(factor)));
    }

    /** A block of zeros for stored numbers. */
    void reserve(int more) {
      int rank = rank() + more;
      blocks.add(
          new Block(
              at.zeros(more, site.in()),
              at.zeros(site.out(), more),
              at.zeros(more, rank),
              at.zeros(rank, more)));
    }

    /** C [R, R]. */
    NDArray core(Scope scope) {
      return scope.callLists("triadapt_core", List.of(low(), up()));
    }

    /** A [R, in]. */
    NDArray rows(Scope scope) {
      return scope.callLists("triadapt_rows", List.of(a()));
    }

    /** B [out, R]. */
    NDArray columns(Scope scope) {
      return scope.callLists("triadapt_columns", List.of(b()));
    }

    @Override
    public LowRank factors(Scope scope) {
      NDArray rows = scope.callLists("triadapt_core_rows", List.of(low(), up(), a()));
      return new LowRank(rows, columns(scope), at.alpha(site) / (rank() + AdaLora.DIVISOR));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      for (int i = 0; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        tensors.put("lora_A." + i, block.a());
        tensors.put("lora_B." + i, block.b());
        tensors.put("lora_C_low." + i, block.low());
        tensors.put("lora_C_up." + i, block.up());
      }
      return tensors;
    }

    private List<NDArray> a() {
      return blocks.stream().map(Block::a).toList();
    }

    private List<NDArray> b() {
      return blocks.stream().map(Block::b).toList();
    }

    private List<NDArray> low() {
      return blocks.stream().map(Block::low).toList();
    }

    private List<NDArray> up() {
      return blocks.stream().map(Block::up).toList();
    }
  }
}
