package org.adapterstudio.contract.tensors;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.adapterstudio.contract.tensors.PickledValue.Name;

/**
 * A pickle taken as data: a stack machine that knows the operations a file of tensors is written
 * with and no other (Python's pickletools lists them), builds lists and maps, and runs nothing.
 * What it allocates is bounded by the bytes it reads.
 */
final class Pickle {
  private static final Object NONE = new PickledValue.None();

  private final ByteBuffer in;
  private final PickleNames names;
  private final Map<Long, Object> memo = new HashMap<>();
  private final List<Integer> marks = new ArrayList<>();
  private List<Object> stack = new ArrayList<>();

  private Pickle(ByteBuffer in, PickleNames names) {
    this.in = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    this.names = names;
  }

  /** The value that a pickle holds. */
  static Object read(ByteBuffer bytes, PickleNames names) {
    var pickle = new Pickle(bytes, names);
    try {
      int operation = pickle.in.get();
      while (operation != '.') {
        if (!pickle.constant(operation) && !pickle.container(operation)) {
          pickle.named(operation);
        }
        operation = pickle.in.get();
      }
      return pickle.pop();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | NoSuchElementException
        | IllegalArgumentException
        | ClassCastException e) {
      throw Unreadable.damaged("its pickle is damaged at byte " + pickle.in.position());
    }
  }

  private boolean constant(int operation) {
    switch (operation & 0xff) {
      case 0x80 -> in.get(); // PROTO
      case 0x95 -> in.getLong(); // FRAME
      case 'N' -> push(NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) (in.get() & 0xff));
      case 'M' -> push((long) (in.getShort() & 0xffff));
      case 'J' -> push((long) in.getInt());
      case 0x8a -> push(wide(in.get() & 0xff));
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
      case 'X' -> push(text(in.getInt() & 0xffffffffL));
      case 0x8c -> push(text(in.get() & 0xff));
      case 0x8d -> push(text(in.getLong()));
      case 'U' -> push(text(in.get() & 0xff));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int operation) {
    switch (operation & 0xff) {
      case '(' -> marks.add(stack.size());
      case ')', ']' -> push(new ArrayList<>(0));
      case 't' -> push(marked());
      case 0x85 -> push(top(1));
      case 0x86 -> push(top(2));
      case 0x87 -> push(top(3));
      case '}' -> push(new LinkedHashMap<>(0));
      case 'a' -> append(top(1));
      case 'e' -> append(marked());
      case 's' -> put(top(2));
      case 'u' -> put(marked());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void named(int operation) {
    switch (operation & 0xff) {
      case 'q' -> memo.put((long) (in.get() & 0xff), peek());
      case 'r' -> memo.put(in.getInt() & 0xffffffffL, peek());
      case 0x94 -> memo.put((long) memo.size(), peek());
      case 'h' -> push(remembered(in.get() & 0xff));
      case 'j' -> push(remembered(in.getInt() & 0xffffffffL));
      case 'c' -> push(names.allow(line(), line()));
      case 0x93 -> stackName();
      case 'R' -> call();
      case 0x81 -> create();
      case 'b' -> fill();
      case 'Q' -> push(PickleNames.storage(pop()));
      default ->
          throw Unreadable.damaged(
              "its pickle uses the operation 0x%02x at byte %d, which is not known"
                  .formatted(operation & 0xff, in.position() - 1));
    }
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() {
    return stack.removeLast();
  }

  private Object peek() {
    return stack.getLast();
  }

  /** Takes values off the top, the deepest first. */
  private List<Object> top(int count) {
    return cut(stack.size() - count);
  }

  /** Takes everything off that stands above the last mark. */
  private List<Object> marked() {
    return cut(marks.removeLast());
  }

  private List<Object> cut(int from) {
    List<Object> above = stack.subList(from, stack.size());
    var taken = new ArrayList<>(above);
    above.clear();
    return taken;
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    ((List<Object>) peek()).addAll(values);
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> pairs) {
    var map = (Map<Object, Object>) peek();
    for (int i = 0; i < pairs.size(); i += 2) {
      Object key = pairs.get(i);
      if (!(key instanceof String || key instanceof Long || key instanceof Boolean)) {
        throw Unreadable.damaged("a dictionary has a key that is neither text nor number");
      }
      map.put(key, pairs.get(i + 1));
    }
  }

  private Object remembered(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw new IndexOutOfBoundsException();
    }
    return value;
  }

  private void stackName() {
    List<Object> pair = top(2);
    push(names.allow((String) pair.get(0), (String) pair.get(1)));
  }

  private void call() {
    var arguments = (List<?>) pop();
    push(names.call((Name) pop(), arguments));
  }

  private void create() {
    pop(); // arguments of a class whose fields come with BUILD
    push(names.create((Name) pop()));
  }

  /** Fields of an object; what a dictionary carries beside its entries is left out. */
  private void fill() {
    Object fields = pop();
    if (peek() instanceof PickledValue.Thing thing) {
      thing.fill((Map<?, ?>) fields);
    } else if (!(peek() instanceof Map<?, ?>)) {
      throw new ClassCastException();
    }
  }

  private String text(long length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    String text = StandardCharsets.UTF_8.decode(in.slice(in.position(), (int) length)).toString();
    in.position(in.position() + (int) length);
    return text;
  }

  private String line() {
    int start = in.position();
    while (in.get() != '\n') {
      // the name goes on
    }
    int length = in.position() - 1 - start;
    return StandardCharsets.UTF_8.decode(in.slice(start, length)).toString();
  }

  /** A little-endian number of up to eight bytes; larger ones stand in no file of tensors. */
  private long wide(int length) {
    if (length > 8) {
      throw Unreadable.damaged("its pickle holds a number of " + length + " bytes");
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (in.get() & 0xffL) << (8 * i);
    }
    int unused = 64 - 8 * length;
    return length == 0 ? 0 : value << unused >> unused;
  }
}
