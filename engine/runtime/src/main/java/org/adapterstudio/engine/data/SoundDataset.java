package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.sound.SoundPreparation;
import org.adapterstudio.engine.sound.WavFile;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * Sounds and their transcripts: a folder with metadata that names WAV files and what is said in
 * them. Every file's header is checked before the start; features are computed batch by batch.
 *
 * @param batches of the sounds
 * @param cut sounds longer than the model hears, of which the rest is left out
 * @param cutTexts transcripts that lost tokens to the length limit
 * @param skipped files that were left out because the recipe skips bad ones
 */
public record SoundDataset(
    RowBatches<SoundBatch> batches, int cut, int cutTexts, List<BadRow> skipped) {
  /** Fields of a metadata file that may hold the transcript. */
  private static final List<String> TRANSCRIPT = List.of("transcription", "text", "sentence");

  /**
   * One sound and the tokens of its transcript.
   *
   * @param ids with the end token, without the start token
   * @param cut whether tokens were left out
   */
  record Spoken(Path file, int[] ids, boolean cut) {}

  /**
   * Lists and checks the files of a recipe's data section and encodes the transcripts.
   *
   * @param start token that the model's decoder starts with; where the tokenizer puts it before a
   *     text, labels leave it out
   */
  public static SoundDataset load(
      Recipe recipe,
      SoundPreparation preparation,
      Tokenizer tokenizer,
      int start,
      LoadProgress progress) {
    BatchOrder.requireSize(recipe.training());
    var bad = new ArrayList<BadRow>();
    FileSplit files = FileSplit.read(recipe.data(), place -> list(place, recipe.data()));
    bad.addAll(files.bad());
    var cut = new ArrayList<Path>();
    Split<LabelledFile> sound =
        files.checked(
            recipe,
            file -> {
              if (WavFile.check(file.file()) > preparation.seconds()) {
                cut.add(file.file());
              }
            },
            bad,
            progress);
    BadRows.requireUsable(recipe.data(), bad, sound.train().size());
    var transcripts = new Transcripts(tokenizer, start, recipe.data().maxLength());
    var spoken = new Split<>(transcripts.of(sound.train()), transcripts.of(sound.eval()));
    var batches = RowBatches.of(spoken, recipe.training(), rows -> join(rows, preparation));
    int cutTexts = (int) spoken.train().stream().filter(Spoken::cut).count();
    return new SoundDataset(batches, cut.size(), cutTexts, List.copyOf(bad));
  }

  private static FileListing list(Path place, Recipe.Data data) {
    Path metadata = FileListing.metadata(place);
    if (metadata == null) {
      throw StudioException.badInput(
          place + " has no metadata.csv or metadata.jsonl, so what its sounds say is unknown.",
          "Write one with the columns file_name and transcription.");
    }
    return FileListing.read(metadata, data.columns(), TRANSCRIPT);
  }

  /** Turns transcripts into the ids that the decoder learns. */
  private record Transcripts(Tokenizer tokenizer, int start, int maxLength) {
    List<Spoken> of(List<LabelledFile> files) {
      return files.stream().map(this::spoken).toList();
    }

    private Spoken spoken(LabelledFile file) {
      int[] ids = ids(file.said());
      int[] kept = ids.length > maxLength ? Arrays.copyOf(ids, maxLength) : ids;
      return new Spoken(file.file(), kept, kept.length < ids.length);
    }

    private int[] ids(String text) {
      int[] ids = tokenizer.encode(text, true);
      ids = ids.length > 0 && ids[0] == start ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
      List<Integer> ends = tokenizer.specials().eosIds();
      if (!ends.isEmpty() && (ids.length == 0 || !ends.contains(ids[ids.length - 1]))) {
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = ends.getFirst();
      }
      return ids;
    }
  }

  private static SoundBatch join(List<Spoken> rows, SoundPreparation preparation) {
    int size = preparation.mels() * preparation.frames();
    float[] features = new float[Math.multiplyExact(rows.size(), size)];
    int length = rows.stream().mapToInt(row -> row.ids().length).max().orElse(0);
    long[] labels = new long[Math.multiplyExact(rows.size(), length)];
    Arrays.fill(labels, EncodedRow.NOT_TRAINED);
    for (int i = 0; i < rows.size(); i++) {
      Spoken row = rows.get(i);
      System.arraycopy(preparation.prepare(row.file()), 0, features, i * size, size);
      for (int t = 0; t < row.ids().length; t++) {
        labels[i * length + t] = row.ids()[t];
      }
    }
    return new SoundBatch(
        rows.size(),
        preparation.mels(),
        preparation.frames(),
        features,
        length,
        labels,
        rows.stream().map(Spoken::file).toList());
  }
}
