package org.adapterstudio.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * What a person says about a run, in {@code about.json} of its folder. The engine neither reads nor
 * writes it. Every change reads the file again under a lock and writes the fields it changes: of
 * two windows the later one wins a field, and neither loses the other's fields.
 *
 * @param name to show instead of the folder's; empty for the folder's
 * @param tags single words, ascending, each once
 * @param note free text
 * @param archived whether lists leave the run out unless asked
 */
public record RunAbout(String name, List<String> tags, String note, boolean archived) {
  /** Nothing was said. */
  public static final RunAbout NONE = new RunAbout("", List.of(), "", false);

  private static final String TAG = "[^\\s,:+-][^\\s,:]{0,39}";
  private static final Object ONE_AT_A_TIME = new Object();

  public RunAbout {
    name = name == null ? "" : name.strip();
    tags = tags == null ? List.of() : ordered(tags);
    note = note == null ? "" : note.strip();
  }

  private static List<String> ordered(Collection<String> tags) {
    var each = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    each.addAll(tags);
    return List.copyOf(each);
  }

  /** The same under another name. */
  public RunAbout named(String other) {
    return new RunAbout(other, tags, note, archived);
  }

  /** The same with another note. */
  public RunAbout noted(String other) {
    return new RunAbout(name, tags, other, archived);
  }

  /** The same, left out of lists or not. */
  public RunAbout archived(boolean away) {
    return new RunAbout(name, tags, note, away);
  }

  /** The same with tags added and tags taken away; letters' case does not tell tags apart. */
  public RunAbout tagged(Collection<String> add, Collection<String> remove) {
    var each = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    each.addAll(tags);
    remove.forEach(each::remove);
    add.stream().map(RunAbout::checked).forEach(each::add);
    return new RunAbout(name, List.copyOf(each), note, archived);
  }

  private static String checked(String tag) {
    if (!tag.matches(TAG)) {
      throw StudioException.badInput(
          "\"" + tag + "\" cannot be a tag.",
          "A tag is one word of at most 40 letters without comma and colon.");
    }
    return tag;
  }

  /** The file of a run; it need not be there. */
  public static Path file(RunFolder run) {
    return run.path().resolve("about.json");
  }

  /** What was said about a run so far. */
  public static RunAbout of(RunFolder run) {
    return Files.exists(file(run)) ? of(tree(run)) : NONE;
  }

  private static RunAbout of(ObjectNode said) {
    ObjectNode whole = Json.tree(NONE);
    whole.setAll(said);
    return Json.as(whole, RunAbout.class);
  }

  /** Changes the file, nothing else than the fields that differ; returns what it says then. */
  public static RunAbout change(RunFolder run, UnaryOperator<RunAbout> change) {
    synchronized (ONE_AT_A_TIME) { // a lock of the system is held by a process, not by a thread
      try (var channel =
              FileChannel.open(
                  run.path().resolve(".about.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        ObjectNode tree = Files.exists(file(run)) ? tree(run) : Json.object();
        RunAbout before = of(tree);
        RunAbout after = change.apply(before);
        if (lock.isValid() && !after.equals(before)) {
          put(tree, Json.tree(before), Json.tree(after));
          AtomicFile.write(file(run), Json.pretty(tree));
        }
        return after;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void put(ObjectNode tree, JsonNode before, JsonNode after) {
    after
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().equals(before.get(field.getKey()))) {
                tree.set(field.getKey(), field.getValue());
              }
            });
  }

  private static ObjectNode tree(RunFolder run) {
    if (Json.read(file(run)) instanceof ObjectNode tree) {
      return tree;
    }
    throw StudioException.badInput(
        file(run) + " holds no JSON object.", "Correct the file, or delete it.");
  }
}
