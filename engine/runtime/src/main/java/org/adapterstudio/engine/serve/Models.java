package org.adapterstudio.engine.serve;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.MadeFor;
import org.adapterstudio.engine.export.dialect.SingleFile;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.run.Checkpoint;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/** Keeps the bases in use open, so that the next answer needs no loading. */
final class Models implements AutoCloseable {
  private static final int KEPT = 2;

  private final Map<String, Loan> open = new LinkedHashMap<>(8, 0.75f, true);

  /** An open base and how many requests use it now. */
  private static final class Loan {
    private final BaseModel base;
    private int users;

    private Loan(BaseModel base) {
      this.base = base;
    }
  }

  /** A model for one request; closing it gives the base back. */
  record Borrowed(AdaptedModel model, Runnable giveBack) implements AutoCloseable {
    @Override
    public void close() {
      model.close();
      giveBack.run();
    }
  }

  /**
   * What a request wants open.
   *
   * @param adapter folder, checkpoint or file; null for the base alone
   * @param quantization null is as the adapter was trained
   */
  record Wanted(String model, String adapter, String dtype, String quantization) {
    private Quantization codes(MadeFor made) {
      return quantization == null
          ? made.quantization().orElse(Quantization.NONE)
          : Quantization.of(quantization);
    }

    private MadeFor made() {
      return adapter == null ? new MadeFor("", Optional.empty()) : MadeFor.of(Path.of(adapter));
    }
  }

  /** A base with an adapter or checkpoint attached, or alone; the asker is told how it is held. */
  Borrowed borrow(Wanted wanted, Call call) {
    call.progress("loading", 0, 0, "");
    MadeFor made = wanted.made();
    Quantization codes = wanted.codes(made);
    Borrowed borrowed =
        borrow(
            Path.of(wanted.model()), wanted.adapter(), new Storage(wanted.dtype(), codes, false));
    call.replies()
        .accept(
            new Reply.Opened(
                wanted.model(),
                codes.key(),
                wanted.adapter(),
                made.base(),
                made.quantization().map(Quantization::key).orElse(null)));
    return borrowed;
  }

  private Borrowed borrow(Path model, String adapter, Storage storage) {
    Loan loan = take(model, storage, purpose(adapter));
    Runnable giveBack = () -> release(loan);
    try {
      return new Borrowed(attach(loan.base, adapter), giveBack);
    } catch (RuntimeException e) {
      giveBack.run();
      throw e;
    }
  }

  /** Attaches an adapter folder or a checkpoint; null is the base alone. */
  static AdaptedModel attach(BaseModel base, String adapter) {
    if (adapter == null) {
      return AdaptedModel.plain(base);
    }
    Path place = Path.of(adapter);
    if (SingleFile.is(place)) {
      return SingleFile.load(base, place);
    }
    return Checkpoint.is(place) ? Checkpoint.attach(base, place) : AdapterFolder.load(base, place);
  }

  /** The tokenizer of a model folder. */
  Tokenizer tokenizer(String model) {
    return Tokenizer.load(Path.of(model));
  }

  private static Purpose purpose(String adapter) {
    if (adapter == null) {
      return Purpose.AS_STORED;
    }
    Path folder = Path.of(adapter);
    return Checkpoint.is(folder) ? Checkpoint.purpose(folder) : AdapterFolder.purpose(folder);
  }

  private synchronized Loan take(Path folder, Storage storage, Purpose purpose) {
    String key = folder.toAbsolutePath().normalize() + " " + storage + " " + purpose;
    Loan loan = open.computeIfAbsent(key, _ -> new Loan(BaseModel.load(folder, storage, purpose)));
    loan.users++;
    return loan;
  }

  private synchronized void release(Loan loan) {
    loan.users--;
    var entries = open.values().iterator();
    while (open.size() > KEPT && entries.hasNext()) {
      Loan oldest = entries.next();
      if (oldest.users == 0) {
        oldest.base.close();
        entries.remove();
      }
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(loan -> loan.base.close());
    open.clear();
  }
}
