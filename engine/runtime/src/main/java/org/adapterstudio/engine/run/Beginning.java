package org.adapterstudio.engine.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.plan.StartCost;
import org.adapterstudio.engine.task.Lesson;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.SampleRows;

/**
 * How a run's method comes to its first numbers. A start state that reads sample rows is made from
 * the recipe's own training rows, and kept in the studio's home under the hash of base, rows and
 * settings, so that the same start is not computed twice.
 */
record Beginning(Recipe recipe, BaseModel base, Lesson lesson, Path kept) {
  private static final String NUMBERS = "start.safetensors";
  private static final String SETTINGS = "settings.json";

  /** Told how many of the batches were read; may end the work by throwing. */
  @FunctionalInterface
  interface Progress {
    /** Some batches of all are read; a start that needs them again goes on counting. */
    void report(int done, int total);
  }

  static Beginning of(Recipe recipe, BaseModel base, Lesson lesson) {
    return new Beginning(recipe, base, lesson, Runs.home().resolve("starts"));
  }

  /** The model in its start state. */
  AdaptedModel attach(Progress progress) {
    Recipe.Adapter settings = recipe.adapter();
    long seed = recipe.training().seed();
    var cost = StartCost.of(recipe, base.network(), lesson.extent().microBatchesPerEpoch());
    if (cost.isEmpty()) {
      return AdaptedModel.attach(base, settings, seed);
    }
    List<Rows> rows = rows(cost.get().batches());
    Path folder = kept.resolve(key(rows));
    return known(folder)
        .orElseGet(
            () -> {
              progress.report(0, rows.size());
              var sample = new SampleRows(base, rows, done -> progress.report(done, rows.size()));
              var start = Attachment.Start.FRESH.with(sample);
              AdaptedModel model = AdaptedModel.attach(base, settings, seed, start);
              keep(folder, model);
              return model;
            });
  }

  private List<Rows> rows(int batches) {
    var rows = new ArrayList<Rows>();
    for (int i = 0; i < batches; i++) {
      rows.add(lesson.microBatch(i));
    }
    return rows;
  }

  /** A start of an earlier run; one that cannot be read is made again. */
  private Optional<AdaptedModel> known(Path folder) {
    if (!Files.exists(folder.resolve(SETTINGS))) {
      return Optional.empty();
    }
    try {
      var settings = Json.as(Json.read(folder.resolve(SETTINGS)), Recipe.Adapter.class);
      var numbers = AdapterFolder.tensors(folder.resolve(NUMBERS));
      return Optional.of(AdapterFolder.attach(base, settings, numbers, folder.toString()));
    } catch (StudioException e) {
      return Optional.empty();
    }
  }

  /** The settings come last: where they are, the numbers are whole. */
  private static void keep(Path folder, AdaptedModel model) {
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve(SETTINGS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AdapterFolder.save(folder.resolve(NUMBERS), model);
    AtomicFile.write(folder.resolve(SETTINGS), Json.pretty(model.settings()));
  }

  private String key(List<Rows> rows) {
    MessageDigest digest = digest();
    update(digest, RunEngine.VERSION, Json.line(Json.tree(recipe.adapter())));
    update(digest, Json.line(Json.tree(recipe.model())), recipe.training().seed().toString());
    update(digest, recipe.training().device(), Json.line(Json.tree(lesson.purpose())));
    weigh(digest, base.folder());
    rows.forEach(batch -> update(digest, Json.line(Json.tree(batch))));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String... texts) {
    for (String text : texts) {
      digest.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
  }

  /** The base by the contents of its files. */
  private static void weigh(MessageDigest digest, Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        update(digest, file.getFileName().toString());
        digest.update(ByteBuffer.allocate(8).putLong(0, Files.size(file)));
        read(digest, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(MessageDigest digest, Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
