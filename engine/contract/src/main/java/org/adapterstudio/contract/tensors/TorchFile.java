package org.adapterstudio.contract.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/**
 * The tensors of a PyTorch file in the zip format (since PyTorch 1.6): a saved {@code state_dict},
 * as {@code pytorch_model.bin}, or a TorchScript program, whose code is never looked at. Its pickle
 * is read as data by {@link Pickle}; nothing in the file is run.
 *
 * @param file it was read from
 * @param script whether it is a TorchScript program
 * @param tensors in the order of the file
 */
public record TorchFile(Path file, boolean script, List<Tensor> tensors) {
  private static final int ZIP = 0x04034b50;
  private static final int MOST_PICKLE = 256 << 20;

  /** How a bare pickle starts, and so a file of PyTorch before 1.6. */
  private static final int PROTOCOL = 0x80;

  public TorchFile {
    tensors = List.copyOf(tensors);
  }

  /**
   * One tensor's place.
   *
   * @param dtype as safetensors files call it, e.g. F32, BF16, I64
   * @param strides elements between neighbours of each dimension
   * @param begin byte of the file where element 0 lies
   * @param width bytes of an element
   */
  public record Tensor(
      String name, String dtype, List<Long> shape, List<Long> strides, long begin, int width) {
    /** Number of elements. */
    public long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Whether its elements follow each other in the order of its shape. */
    public boolean contiguous() {
      long expected = 1;
      for (int i = shape.size() - 1; i >= 0; i--) {
        if (shape.get(i) != 1 && strides.get(i) != expected) {
          return false;
        }
        expected *= shape.get(i);
      }
      return true;
    }
  }

  /** Whether a file is to be read here, by its first bytes. */
  public static boolean is(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int start = start(channel);
      return start == ZIP || (start & 0xff) == PROTOCOL;
    } catch (IOException e) {
      return false;
    }
  }

  private static int start(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
      // a short read goes on
    }
    return bytes.getInt(0);
  }

  /** Reads and checks a file; whatever is wrong or refused is bad input that names it. */
  public static TorchFile read(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int start = start(channel);
      if ((start & 0xff) == PROTOCOL) {
        throw new Unreadable(
            "is a bare pickle, as PyTorch saved before version 1.6, which is not read",
            "Load it with PyTorch and save it again, best as safetensors.");
      }
      if (start != ZIP) {
        throw Unreadable.damaged("it does not start as one");
      }
      return read(file, ZipEntries.read(channel));
    } catch (Unreadable e) {
      throw new StudioException(Failure.badInput(file + " " + e.getMessage() + ".", e.advice()), e);
    } catch (NoSuchFileException e) {
      throw StudioException.badInput(file + " does not exist.", "Check the path.");
    } catch (IOException e) {
      throw new StudioException(
          Failure.badInput(file + " cannot be read: " + e.getMessage() + ".", "Check the file."),
          e);
    }
  }

  private static TorchFile read(Path file, ZipEntries zip) throws IOException {
    String root = root(zip);
    boolean script = zip.has(root + "constants.pkl");
    if (zip.has(root + "byteorder")) {
      var order = zip.place(root + "byteorder");
      String word = text(zip, order);
      if (!word.equals("little")) {
        throw new Unreadable(
            "was saved on a machine of the other byte order", "Save it again as safetensors.");
      }
    }
    var names = new PickleNames(script);
    var found = new TorchTensors(zip);
    found.add("", value(zip, root + "data.pkl", names), root + "data/");
    if (script) {
      found.add("constants", value(zip, root + "constants.pkl", names), root + "constants/");
    }
    return new TorchFile(file, script, found.all());
  }

  private static String root(ZipEntries zip) {
    for (String name : zip.names()) {
      if (name.endsWith("/data.pkl") && name.indexOf('/') == name.lastIndexOf('/')) {
        return name.substring(0, name.length() - "data.pkl".length());
      }
    }
    throw Unreadable.damaged("it is a zip file without data.pkl");
  }

  private static String text(ZipEntries zip, ZipEntries.Place place) throws IOException {
    ByteBuffer bytes = zip.bytes(place.begin(), (int) Math.min(place.size(), 32));
    return StandardCharsets.US_ASCII.decode(bytes).toString().strip();
  }

  private static Object value(ZipEntries zip, String name, PickleNames names) throws IOException {
    ZipEntries.Place place = zip.place(name);
    if (place.size() > MOST_PICKLE) {
      throw Unreadable.damaged("its " + name + " has " + place.size() + " bytes");
    }
    return Pickle.read(zip.bytes(place.begin(), (int) place.size()), names);
  }

  /** The tensor of a name, if the file has it. */
  public Optional<Tensor> find(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  /**
   * The tensors as places of one file, as a safetensors header has them, so that they can be mapped
   * likewise; a tensor that is not laid out row after row is refused.
   */
  public SafetensorsHeader header() {
    var places = new ArrayList<SafetensorsHeader.Tensor>();
    for (Tensor tensor : tensors) {
      if (!tensor.contiguous()) {
        throw StudioException.badInput(
            "%s: tensor %s is not stored row after row.".formatted(file, tensor.name()),
            "Save the model as safetensors.");
      }
      long end = tensor.begin() + tensor.elements() * tensor.width();
      places.add(
          new SafetensorsHeader.Tensor(
              tensor.name(), tensor.dtype(), tensor.shape(), tensor.begin(), end));
    }
    return new SafetensorsHeader(file, 0, List.copyOf(places), Map.of());
  }
}
