package org.adapterstudio.contract.run.seal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Sha256;
import org.adapterstudio.contract.run.seal.Seal.SealedFile;

/**
 * Hashes of files and folders. Those of large files are kept in the studio's home under path, size
 * and time of change, so that a base is read once; two programs that write at once lose at most an
 * entry, which is made again.
 */
public final class FileHashes {
  /** Smaller files are hashed faster than looked up. */
  private static final long LARGE = 1 << 20;

  private final Path kept;
  private final boolean trusting;

  private FileHashes(Path kept, boolean trusting) {
    this.kept = kept;
    this.trusting = trusting;
  }

  /** Trusts what is kept in a file for a path, size and time of change. */
  public static FileHashes keptIn(Path file) {
    return new FileHashes(file, true);
  }

  /** Reads every file again, and keeps what it finds. */
  public static FileHashes fresh(Path file) {
    return new FileHashes(file, false);
  }

  /** Reads every file again and keeps nothing. */
  static FileHashes unkept() {
    return new FileHashes(null, false);
  }

  /** A file's or folder's size and hash. */
  public SealedFile of(Path path) throws IOException {
    return Files.isDirectory(path)
        ? folder(path)
        : new SealedFile(path.toString(), Files.size(path), hash(path));
  }

  /** A folder by the names, sizes and hashes of all files below it. */
  private SealedFile folder(Path folder) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    var lines = new StringBuilder();
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
      String name = folder.relativize(file).toString().replace('\\', '/');
      lines.append(name).append(' ').append(hash(file)).append('\n');
    }
    return new SealedFile(folder.toString(), bytes, Sha256.of(lines.toString()));
  }

  private String hash(Path file) throws IOException {
    if (Files.size(file) < LARGE) {
      return Sha256.of(file);
    }
    String key = file.toRealPath().toString();
    long bytes = Files.size(file);
    long changed = Files.getLastModifiedTime(file).toMillis();
    Optional<String> known = trusting ? known(key, bytes, changed) : Optional.empty();
    if (known.isPresent()) {
      return known.get();
    }
    String hash = Sha256.of(file);
    if (kept != null) {
      keep(key, bytes, changed, hash);
    }
    return hash;
  }

  private Optional<String> known(String key, long bytes, long changed) {
    var entry = all().path(key);
    boolean same =
        entry.path("bytes").asLong(-1) == bytes && entry.path("changed").asLong(-1) == changed;
    return same ? Optional.of(entry.path("sha256").asText()) : Optional.empty();
  }

  private void keep(String key, long bytes, long changed, String hash) throws IOException {
    ObjectNode all = all();
    all.putObject(key).put("bytes", bytes).put("changed", changed).put("sha256", hash);
    Files.createDirectories(kept.getParent());
    AtomicFile.write(kept, Json.pretty(all));
  }

  private ObjectNode all() {
    try {
      return Files.exists(kept) && Json.read(kept) instanceof ObjectNode all ? all : Json.object();
    } catch (StudioException e) {
      return Json.object(); // half written by a crash of the disk: made again
    }
  }
}
