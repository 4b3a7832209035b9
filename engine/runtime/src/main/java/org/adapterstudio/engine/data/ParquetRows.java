package org.adapterstudio.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.Temporal;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * Parquet as rows of JSON: structs become objects, lists lists, so that a column of turns reads as
 * it would in a JSONL file. A row's "line" is its number, from 1. Dates and times become their ISO
 * text; bytes are text where they are UTF-8.
 */
final class ParquetRows {
  /** More rows than this do not fit into memory, however short they are. */
  private static final long MOST_ROWS = 20_000_000;

  /** Reading must not crowd out a training run beside it. */
  private static final int THREADS = 2;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Kept, or its level would be forgotten: it says at every start which instructions it uses. */
  private static final Logger LIBRARY = Logger.getLogger("dev.hardwood");

  static {
    LIBRARY.setLevel(Level.WARNING);
    // Else a libdeflate that happens to be installed on the system would be used for gzip.
    System.setProperty("hardwood.uselibdeflate", "false");
  }

  private ParquetRows() {}

  static void read(Path file, RowFile.Sink sink) throws IOException {
    requireMagic(file);
    try (HardwoodContext threads = HardwoodContext.create(THREADS);
        InputFile source = new RangeFile(file);
        ParquetFileReader reader = ParquetFileReader.open(source, threads)) {
      long declared = reader.getFileMetaData().numRows();
      if (declared < 0 || declared > MOST_ROWS) {
        throw damaged(file, "it declares " + declared + " rows", null);
      }
      long read = rows(reader, declared, sink);
      if (read != declared) {
        throw damaged(file, "it declares " + declared + " rows and holds " + read, null);
      }
    } catch (StudioException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // A damaged file may declare pages of any size and types nested to any depth.
      throw damaged(file, reason(e), e);
    }
  }

  /** The library is only given what begins and ends as such a file does. */
  private static void requireMagic(Path file) throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      ByteBuffer first = ByteBuffer.allocate(4);
      ByteBuffer last = ByteBuffer.allocate(4);
      channel.read(first);
      channel.position(Math.max(0, channel.size() - 4)).read(last);
      if (channel.size() < 12 || !isMagic(first) || !isMagic(last)) {
        throw damaged(file, "it does not begin and end with PAR1", null);
      }
      if (!ParquetFooter.isWhole(channel)) {
        throw damaged(file, "its footer declares more than it holds", null);
      }
    }
  }

  private static boolean isMagic(ByteBuffer bytes) {
    return new String(bytes.array(), StandardCharsets.ISO_8859_1).equals("PAR1");
  }

  private static StudioException damaged(Path file, String reason, Throwable cause) {
    return new StudioException(
        Failure.badInput(
            file + " cannot be read as Parquet: " + reason + ".",
            "Fetch the file again, or write it anew with snappy, zstd, gzip or no compression."),
        cause);
  }

  /** The words of the innermost cause, which knows most. */
  private static String reason(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; depth < 10 && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    String words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String brief = words.lines().findFirst().orElse("unreadable").strip();
    String plain = brief.endsWith(".") ? brief.substring(0, brief.length() - 1) : brief;
    return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
  }

  private static long rows(ParquetFileReader reader, long declared, RowFile.Sink sink) {
    long read = 0;
    try (RowReader rows = reader.rowReader()) {
      while (read <= declared && rows.hasNext()) {
        rows.next();
        sink.row(new Row(Math.toIntExact(++read), object(rows)));
      }
    }
    return read;
  }

  private static ObjectNode object(StructAccessor row) {
    ObjectNode object = Json.object();
    for (int i = 0; i < row.getFieldCount(); i++) {
      object.set(row.getFieldName(i), row.isNull(i) ? NODES.nullNode() : node(row.getValue(i)));
    }
    return object;
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case String text -> NODES.textNode(text);
      case Boolean flag -> NODES.booleanNode(flag);
      case Byte number -> NODES.numberNode(number);
      case Short number -> NODES.numberNode(number);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Float number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case BigDecimal number -> NODES.numberNode(number);
      case byte[] bytes -> bytes(bytes);
      case PqStruct struct -> object(struct);
      case PqList list -> array(list);
      case PqMap map -> map(map);
      case Temporal time -> NODES.textNode(time.toString());
      case UUID id -> NODES.textNode(id.toString());
      default ->
          throw new IllegalArgumentException(
              "a column holds a value of the kind " + value.getClass().getSimpleName());
    };
  }

  private static JsonNode bytes(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return NODES.textNode(text.toString());
    } catch (CharacterCodingException e) {
      return NODES.binaryNode(bytes);
    }
  }

  private static ArrayNode array(PqList list) {
    ArrayNode array = NODES.arrayNode(list.size());
    for (int i = 0; i < list.size(); i++) {
      array.add(node(list.get(i)));
    }
    return array;
  }

  private static ObjectNode map(PqMap map) {
    ObjectNode object = Json.object();
    for (PqMap.Entry entry : map.getEntries()) {
      object.set(String.valueOf(entry.getKey()), node(entry.getValue()));
    }
    return object;
  }
}
