package org.adapterstudio.engine.serve;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.merge.Merge;
import org.adapterstudio.engine.merge.Part;

/** Makes one adapter of several. */
final class MergeHandler {
  private MergeHandler() {}

  static Reply answer(Request.Merge request, Call call) {
    call.progress("loading", 0, 0, "");
    List<Part> parts =
        request.adapters().stream()
            .map(part -> Part.of(Path.of(part.adapter()), part.weight()))
            .toList();
    call.checkCancelled();
    call.progress("merging", 0, 0, "");
    Merge merge = Merge.write(parts, Path.of(request.out()));
    return new Reply.Merged(request.out(), merge.bytes(), merge.error());
  }
}
