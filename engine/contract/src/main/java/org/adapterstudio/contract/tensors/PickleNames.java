package org.adapterstudio.contract.tensors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapterstudio.contract.tensors.PickledValue.Name;
import org.adapterstudio.contract.tensors.PickledValue.Storage;
import org.adapterstudio.contract.tensors.PickledValue.View;

/**
 * The few names that a file of tensors needs, each with what it stands for here; every other one is
 * refused. Nothing is looked up, loaded or called.
 *
 * @param script whether the file is a TorchScript program, whose own classes are taken as bare
 *     holders of fields
 */
record PickleNames(boolean script) {
  private static final int MOST_DIMENSIONS = 16;
  private static final String UTILS = "torch._utils";
  private static final String JIT = "torch.jit._pickle";
  private static final Set<String> REBUILDS =
      Set.of("_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3", "_rebuild_parameter");
  private static final Set<String> LISTS =
      Set.of(
          "build_intlist",
          "build_doublelist",
          "build_boollist",
          "build_tensorlist",
          "restore_type_tag");

  /** Lets a name pass, or refuses it. */
  Name allow(String module, String name) {
    boolean known =
        switch (module) {
          case "collections" -> name.equals("OrderedDict");
          case "torch" -> torch(name);
          case "torch.cuda" -> TorchType.ofStorage(name).isPresent();
          case "torch.storage" -> name.equals("UntypedStorage");
          case UTILS -> REBUILDS.contains(name);
          case JIT -> script && LISTS.contains(name);
          default -> ownClass(module);
        };
    if (!known) {
      throw refused(new Name(module, name));
    }
    return new Name(module, name);
  }

  private static boolean torch(String name) {
    return name.equals("Size")
        || name.equals("device")
        || TorchType.ofStorage(name).isPresent()
        || TorchType.named(name).isPresent();
  }

  private boolean ownClass(String module) {
    return script && (module.equals("__torch__") || module.startsWith("__torch__."));
  }

  private static Unreadable refused(Name name) {
    String asked = name.toString();
    String shown = asked.length() > 100 ? asked.substring(0, 100) + "..." : asked;
    return new Unreadable(
        "asks to run " + shown.replaceAll("\\p{Cntrl}", "?") + ": refused, nothing of it was run",
        "Only tensors, names and numbers are read from such a file. Where you trust it, load it"
            + " with PyTorch and save its state_dict with safetensors.torch.save_file.");
  }

  /** What a call of an allowed name stands for. */
  Object call(Name name, List<?> arguments) {
    return switch (name.name()) {
      case "OrderedDict" -> empty(arguments);
      case "Size", "_rebuild_parameter" -> argument(arguments, 0);
      case "device" -> new PickledValue.None();
      case "_rebuild_tensor", "_rebuild_tensor_v2" -> view(arguments, null);
      case "_rebuild_tensor_v3" -> view(arguments, type(argument(arguments, 6)));
      default -> {
        if (!name.module().equals(JIT)) {
          throw refused(name);
        }
        yield argument(arguments, 0);
      }
    };
  }

  /** An object of one of the program's own classes, still without fields. */
  Object create(Name type) {
    if (!ownClass(type.module())) {
      throw refused(type);
    }
    return new PickledValue.Thing();
  }

  private static Map<Object, Object> empty(List<?> arguments) {
    if (!arguments.isEmpty()) {
      throw Unreadable.damaged("a dictionary is written in an unusual way");
    }
    return new LinkedHashMap<>();
  }

  private static Object argument(List<?> arguments, int index) {
    if (index >= arguments.size()) {
      throw Unreadable.damaged("a call lacks its arguments");
    }
    return arguments.get(index);
  }

  private static TorchType type(Object value) {
    if (value instanceof Name name && name.module().equals("torch")) {
      return TorchType.named(name.name()).orElseThrow(() -> refused(name));
    }
    throw Unreadable.damaged("a tensor has no type");
  }

  private static View view(List<?> arguments, TorchType type) {
    if (!(argument(arguments, 0) instanceof Storage storage)) {
      throw Unreadable.damaged("a tensor has no storage");
    }
    TorchType own = type == null ? storage.type() : type;
    if (own == null) {
      throw Unreadable.damaged("a tensor has no type");
    }
    return new View(
        storage,
        own,
        whole(argument(arguments, 1)),
        sizes(argument(arguments, 2)),
        sizes(argument(arguments, 3)));
  }

  /** The storage that a persistent id names. */
  static Storage storage(Object id) {
    if (id instanceof List<?> parts
        && parts.size() == 5
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof Name type
        && parts.get(2) instanceof String key) {
      TorchType known =
          type.name().equals("UntypedStorage")
              ? null
              : TorchType.ofStorage(type.name()).orElseThrow(() -> refused(type));
      return new Storage(known, key, whole(parts.get(4)));
    }
    throw Unreadable.damaged("a storage is named in an unusual way");
  }

  private static List<Long> sizes(Object value) {
    if (!(value instanceof List<?> list) || list.size() > MOST_DIMENSIONS) {
      throw Unreadable.damaged("a tensor has no usable shape");
    }
    var sizes = new ArrayList<Long>(list.size());
    list.forEach(size -> sizes.add(whole(size)));
    return List.copyOf(sizes);
  }

  private static long whole(Object value) {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw Unreadable.damaged("a size is not a whole number");
  }
}
