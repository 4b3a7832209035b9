package org.adapterstudio.contract.run.seal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.RunFolder;

/**
 * What a run was made of, as its {@code seal.json} tells. It is written when the first engine
 * starts and stays as it is; only what the run leaves is added at the end.
 *
 * @param version of the file format, now 1
 * @param number of the run, random, the same in every copy of its folder
 * @param time milliseconds since 1970
 * @param whole whether every file is hashed; large ones may still be read while the run trains
 * @param files by role: {@code recipe}, {@code base/...}, {@code data/train}, {@code data/eval},
 *     {@code origin/...}
 * @param facts by name: seed, template, start, studio, libtorch, device, dtype, threads, cpu, os,
 *     java
 * @param results by path inside the run's folder
 */
public record Seal(
    int version,
    String number,
    long time,
    boolean whole,
    SequencedMap<String, SealedFile> files,
    SequencedMap<String, String> facts,
    SequencedMap<String, SealedFile> results) {
  /** The format this version of the studio writes. */
  public static final int VERSION = 1;

  public Seal {
    files = ordered(files);
    facts = ordered(facts);
    results = ordered(results);
  }

  /**
   * A file as it was.
   *
   * @param path it lay at; inside the run's folder for results
   * @param bytes of the file, or of all files where the path is a folder
   * @param sha256 of its content; empty while it is being read
   */
  public record SealedFile(String path, long bytes, String sha256) {}

  /** The seal of a run; runs of older versions have none. */
  public static Optional<Seal> of(RunFolder run) {
    return Files.exists(run.seal())
        ? Optional.of(Json.as(Json.read(run.seal()), Seal.class))
        : Optional.empty();
  }

  /** A run's number; nothing where it has no readable seal. */
  public static Optional<String> number(RunFolder run) {
    if (!Files.exists(run.seal())) {
      return Optional.empty();
    }
    try {
      JsonNode number = Json.read(run.seal()).path("number");
      return number.isTextual() ? Optional.of(number.asText()) : Optional.empty();
    } catch (StudioException e) {
      return Optional.empty();
    }
  }

  /** The same with what the run left. */
  public Seal leaving(SequencedMap<String, SealedFile> left) {
    return new Seal(version, number, time, whole, files, facts, left);
  }

  /** Writes it into a run, whole or not at all. */
  public void write(RunFolder run) {
    AtomicFile.write(run.seal(), Json.pretty(this));
  }

  private static <V> SequencedMap<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map == null ? Map.of() : map));
  }
}
