package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.method.Recoding;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * LoftQ (arXiv:2310.08659): the r largest singular components of what quantizing lost, W - W' = U D
 * V, become B = U sqrt(D), A = sqrt(D) V. In every further round W' are the codes of W - B A, and B
 * and A the components of what these lose. The factors are not divided by s, so the repair is exact
 * in intent for alpha = r. The first pass is nearer to the unquantized base; the adapter belongs to
 * the quantized one, after several rounds to one of its own, whose codes are made again from B and
 * A of the last round but one.
 */
public final class LoftqStart implements Initializer {
  private static final String ROUNDS = "rounds";

  @Override
  public Recipe.Adapter settle(Attachment at) {
    Unquantized.require(at);
    return at.settings();
  }

  @Override
  public boolean recodes(Recipe.Adapter settings) {
    JsonNode rounds = settings.knobs().get(ROUNDS);
    return rounds != null && rounds.asInt() > 1;
  }

  /** After one round it is a LoRA on the quantized base as anybody has it. */
  @Override
  public boolean told(Recipe.Adapter settings) {
    return recodes(settings);
  }

  /**
   * PEFT knows no doubly quantized scales here: it refuses the word rather than reading it wrongly.
   */
  @Override
  public Map<String, Object> facts(Recipe.Adapter settings, Storage storage) {
    if (!recodes(settings)) {
      return Map.of();
    }
    Object bits =
        switch (storage.quantization()) {
          case NF4 -> 4;
          case INT8 -> 8;
          case NF4_DOUBLE, NONE -> storage.quantization().key();
        };
    return Map.of("loftq_config.loftq_bits", bits);
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    int rounds = at.knobs().whole(ROUNDS);
    Start found = first(at, site, rank);
    Optional<Recoding> recoding = Optional.empty();
    for (int round = 2; round <= rounds; round++) {
      var coded = new Recoding(at, site, found.a(), found.b());
      found = next(at, site, rank, coded);
      recoding.ifPresent(LoftqStart::forget);
      recoding = Optional.of(coded);
    }
    recoding.ifPresent(Recoding::make);
    return new Start(found.a(), found.b(), false, recoding);
  }

  private static void forget(Recoding before) {
    before.a().close();
    before.b().close();
  }

  private static Start first(Attachment at, Linear site, int rank) {
    try (Scope work = Triplets.work()) {
      return components(at, work, Unquantized.lost(work, at, site), rank);
    }
  }

  private static Start next(Attachment at, Linear site, int rank, Recoding coded) {
    try (Scope work = Triplets.work()) {
      NDArray whole = Unquantized.weight(work, at, site);
      return components(at, work, work.call("start_minus", whole, coded.decoded(work)), rank);
    }
  }

  private static Start components(Attachment at, Scope work, NDArray lost, int rank) {
    return Triplets.of(work, lost).from(work, 0, rank).takenOut(at, 1);
  }
}
