package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * The rows of a run, encoded once, and the batch of any step. Micro-batch i is a function of the
 * files, the recipe and i alone, so a resumed run needs no replay. Safe to use from several
 * threads.
 */
public final class Dataset {
  private final Corpus corpus;
  private final Encoder encoder;
  private final List<List<EncodedRow>> blocks;
  private final BatchOrder order;
  private final int padId;

  private Dataset(Corpus corpus, Encoder encoder, Recipe recipe, int padId) {
    this.corpus = corpus;
    this.encoder = encoder;
    List<EncodedRow> rows = corpus.train().stream().map(Corpus.Entry::row).toList();
    this.blocks =
        recipe.data().packing()
            ? Batches.pack(rows, recipe.data().maxLength())
            : Batches.single(rows);
    var training = recipe.training();
    this.order = new BatchOrder(blocks.size(), training.perDeviceTrainBatchSize(), training.seed());
    this.padId = padId;
  }

  /**
   * Reads and encodes all rows. Bad rows refuse the start, unless the recipe skips them; so do a
   * conversation without a chat template and a file without usable rows.
   */
  public static Dataset load(
      Recipe recipe, Path modelFolder, Tokenizer tokenizer, LoadProgress progress) {
    return load(
        recipe, tokenizer, ChatTemplate.of(recipe.data(), modelFolder).orElse(null), progress);
  }

  /**
   * The same with a template chosen by the caller.
   *
   * @param template null where there is none
   */
  public static Dataset load(
      Recipe recipe, Tokenizer tokenizer, ChatTemplate template, LoadProgress progress) {
    Encoder encoder = new Encoder(tokenizer, template, recipe.data().maxLength());
    Corpus corpus = Corpus.read(recipe, encoder, progress).requireUsable(recipe.data());
    return new Dataset(corpus, encoder, recipe, tokenizer.specials().padId());
  }

  /** Micro-batches of one pass over the rows; the last one may be smaller. */
  public int microBatchesPerEpoch() {
    return order.perEpoch();
  }

  /** Micro-batch number {@code index} of the run, counted from 0 over all epochs. */
  public Batch microBatch(long index) {
    return Batches.join(Arrays.stream(order.members(index)).mapToObj(blocks::get).toList(), padId);
  }

  /** The longest blocks as one micro-batch: what memory must be planned for. */
  public Batch heaviest() {
    var longest =
        blocks.stream()
            .sorted(Comparator.comparingInt(block -> -Batches.tokens(block)))
            .limit(order.batchSize())
            .toList();
    return Batches.join(longest, padId);
  }

  /** The blocks of each micro-batch of an epoch: together a permutation of all blocks. */
  public List<int[]> order(long epoch) {
    return order.of(epoch);
  }

  /** All held-out rows in file order, padded, never packed; empty where none is held out. */
  public List<Batch> evalBatches(int size) {
    List<List<EncodedRow>> rows =
        corpus.eval().stream().map(entry -> List.of(entry.row())).toList();
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      batches.add(Batches.join(rows.subList(from, Math.min(from + size, rows.size())), padId));
    }
    return batches;
  }

  /** The questions of the held-out rows and the answers wanted; plain text asks none. */
  public List<Prompt> evalQuestions() {
    return corpus.eval().stream()
        .map(entry -> encoder.question(entry.example()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Training rows, before packing. */
  public int trainRows() {
    return corpus.train().size();
  }

  /** Training rows that lost tokens to the length limit. */
  public int cutRows() {
    return (int) corpus.train().stream().filter(entry -> entry.row().cut()).count();
  }

  /** Held-out rows. */
  public int evalRows() {
    return corpus.eval().size();
  }

  /** Tokens of all training rows, for speed and time estimates. */
  public long tokens() {
    return blocks.stream().mapToLong(Batches::tokens).sum();
  }

  /** Rows that were left out because the recipe skips bad ones. */
  public List<BadRow> skipped() {
    return corpus.bad();
  }

  /** Format of the training file, detected or given. */
  public String format() {
    return corpus.format();
  }
}
