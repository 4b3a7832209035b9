package org.adapterstudio.engine.model.family;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.engine.model.network.Segmenter;
import org.adapterstudio.engine.model.network.Sizes;
import org.adapterstudio.engine.model.part.PatchEmbedding;
import org.adapterstudio.engine.model.part.TwoConvolutions;
import org.adapterstudio.engine.model.part.UNet;
import org.adapterstudio.engine.model.pass.Linear;

/** Builds networks that say what every point of a picture is. */
final class UNets {
  /** Halving more often leaves nothing of any usual picture. */
  private static final int DEEPEST = 8;

  private UNets() {}

  static Segmenter segmenter(Settings settings) {
    int base = settings.size("base");
    int depth = settings.size("depth");
    int channels = settings.size("channels");
    PatchEmbedding.Size picture = settings.sides("image");
    requireHalves(settings, picture, depth);
    List<String> labels = Labels.of(settings);
    var net = net(settings, base, depth, channels, labels.size());
    int points = Math.multiplyExact(picture.height(), picture.width());
    var sizes =
        new Sizes(
            settings.family().key(), 0, base, base, 2 * depth + 1, 1, 1, base, points, List.of());
    return new Segmenter(sizes, net, List.of(channels, picture.height(), picture.width()), labels);
  }

  private static void requireHalves(Settings settings, PatchEmbedding.Size picture, int depth) {
    if (depth > DEEPEST) {
      throw settings.wrong(settings.field("depth"), "is more than " + DEEPEST);
    }
    if (picture.height() % (1 << depth) != 0 || picture.width() % (1 << depth) != 0) {
      throw settings.wrong(settings.field("image"), "cannot be halved " + depth + " times");
    }
  }

  private static UNet net(Settings settings, int base, int depth, int channels, int classes) {
    var down = new ArrayList<TwoConvolutions>();
    var up = new ArrayList<UNet.Up>();
    for (int i = 0; i < depth; i++) {
      int in = i == 0 ? channels : base << i - 1;
      down.add(
          TwoConvolutions.of(
              name(settings, "encoder_first", i),
              name(settings, "encoder_second", i),
              in,
              base << i,
              i));
    }
    for (int i = depth - 1; i >= 0; i--) {
      up.add(
          UNet.Up.of(
              name(settings, "decoder_up", i),
              name(settings, "decoder_first", i),
              name(settings, "decoder_second", i),
              base << i,
              2 * depth - i));
    }
    var middle =
        TwoConvolutions.of(
            settings.name("middle_first"),
            settings.name("middle_second"),
            base << depth - 1,
            base << depth,
            depth);
    var head =
        Linear.convolution(settings.name("head"), Linear.Window.around(base, 1), classes, true, -1);
    return new UNet(List.copyOf(down), middle, List.copyOf(up), head);
  }

  private static String name(Settings settings, String key, int level) {
    return settings.name(key, level).orElseThrow();
  }
}
