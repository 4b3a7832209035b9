package org.adapterstudio.contract.queue;

import java.util.Collection;

/** Which devices two runs cannot share. */
final class Devices {
  private static final String AUTO = "auto";

  private Devices() {}

  /** Whether none of the taken devices is in the way. */
  static boolean free(String device, Collection<String> taken) {
    return taken.stream().noneMatch(other -> clash(device, other));
  }

  /** A run that takes what there is may take anything. */
  private static boolean clash(String one, String other) {
    return one.equals(AUTO) || other.equals(AUTO) || full(one).equals(full(other));
  }

  private static String full(String device) {
    return device.equals("cuda") ? "cuda:0" : device;
  }
}
