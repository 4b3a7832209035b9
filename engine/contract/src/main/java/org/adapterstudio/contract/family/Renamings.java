package org.adapterstudio.contract.family;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Modules that current transformers calls otherwise in memory than their file does. PEFT attaches
 * to modules in memory, so its adapters carry those names.
 *
 * @param patterns name in the file to name in memory, both as parts of a whole name; {i} stands for
 *     a layer's number. The first that fits is taken.
 */
record Renamings(Map<String, String> patterns) {
  /** A name as transformers has it in memory. */
  String inMemory(String name) {
    return renamed(name, patterns);
  }

  /** A name as the file has it. */
  String onDisk(String name) {
    var turned = new LinkedHashMap<String, String>();
    patterns.forEach((disk, memory) -> turned.put(memory, disk));
    return renamed(name, turned);
  }

  private static String renamed(String name, Map<String, String> patterns) {
    for (var entry : patterns.entrySet()) {
      String layer = Pattern.quote(entry.getKey()).replace("{i}", "\\E(\\d+)\\Q");
      var found = Pattern.compile("(^|.*?\\.)" + layer + "(\\..*|$)").matcher(name);
      if (found.matches()) {
        boolean numbered = found.groupCount() == 3;
        String by = numbered ? entry.getValue().replace("{i}", found.group(2)) : entry.getValue();
        return found.group(1) + by + found.group(found.groupCount());
      }
    }
    return name;
  }
}
