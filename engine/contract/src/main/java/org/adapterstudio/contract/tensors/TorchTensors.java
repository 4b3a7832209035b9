package org.adapterstudio.contract.tensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapterstudio.contract.tensors.PickledValue.View;

/**
 * Gathers the tensors of a pickled value, names them by the way to them, and checks their places.
 */
final class TorchTensors {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NAME = 512;

  private final ZipEntries zip;
  private final List<TorchFile.Tensor> tensors = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, ZipEntries.Place> places = new HashMap<>();

  /** Containers already gone through: a pickle can hold one in itself, or again and again. */
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  TorchTensors(ZipEntries zip) {
    this.zip = zip;
  }

  List<TorchFile.Tensor> all() {
    return tensors;
  }

  /**
   * Adds the tensors of a value.
   *
   * @param path of names that led to it, joined by dots
   * @param parts where the storages lie in the archive
   */
  void add(String path, Object value, String parts) throws IOException {
    add(path, value, parts, 0);
  }

  private void add(String path, Object value, String parts, int depth) throws IOException {
    if (depth > DEEPEST || path.length() > LONGEST_NAME) {
      throw Unreadable.damaged("it is nested too deeply");
    }
    switch (value) {
      case View view -> tensor(path, view, parts);
      case Map<?, ?> map when seen.add(map) -> entries(path, map, parts, depth);
      case PickledValue.Thing thing when seen.add(thing) ->
          entries(path, thing.fields(), parts, depth);
      case List<?> list when seen.add(list) -> {
        for (int i = 0; i < list.size(); i++) {
          add(child(path, Integer.toString(i)), list.get(i), parts, depth + 1);
        }
      }
      default -> {
        // numbers, texts and the like name no tensor
      }
    }
  }

  private void entries(String path, Map<?, ?> map, String parts, int depth) throws IOException {
    for (var entry : map.entrySet()) {
      String key = entry.getKey().toString();
      if (key.length() > LONGEST_NAME) {
        throw Unreadable.damaged("a name has " + key.length() + " letters");
      }
      add(child(path, key), entry.getValue(), parts, depth + 1);
    }
  }

  private static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private void tensor(String name, View view, String parts) throws IOException {
    if (!names.add(name)) {
      throw Unreadable.damaged("two tensors are called " + name);
    }
    if (view.shape().size() != view.strides().size()) {
      throw Unreadable.damaged("tensor " + name + " has more sizes than strides");
    }
    int width = view.type().width();
    long begin;
    try {
      TorchType kept = view.storage().type();
      long own = kept == null ? 1 : kept.width();
      long stored = Math.multiplyExact(view.storage().count(), own);
      ZipEntries.Place place = place(parts + view.storage().key());
      long first = Math.multiplyExact(view.offset(), width);
      long end = Math.addExact(first, reach(view, width));
      if (stored > place.size() || end > stored) {
        throw Unreadable.damaged("tensor " + name + " reaches beyond its storage");
      }
      begin = place.begin() + first;
    } catch (ArithmeticException e) {
      throw Unreadable.damaged("tensor " + name + " reaches beyond its storage");
    }
    tensors.add(
        new TorchFile.Tensor(
            name, view.type().dtype(), view.shape(), view.strides(), begin, width));
  }

  /** Bytes from the first element to behind the last. */
  private static long reach(View view, int width) {
    long elements = 1;
    long last = 0;
    for (int i = 0; i < view.shape().size(); i++) {
      long size = view.shape().get(i);
      elements = Math.multiplyExact(elements, size);
      long step = size == 0 ? 0 : Math.multiplyExact(size - 1, view.strides().get(i));
      last = Math.addExact(last, step);
    }
    return elements == 0 ? 0 : Math.multiplyExact(Math.addExact(last, 1), width);
  }

  private ZipEntries.Place place(String part) throws IOException {
    ZipEntries.Place known = places.get(part);
    if (known == null) {
      known = zip.place(part);
      places.put(part, known);
    }
    return known;
  }
}
