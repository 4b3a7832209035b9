package org.adapterstudio.engine.serve;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.Inputs;
import org.adapterstudio.engine.model.Pass;
import org.adapterstudio.engine.run.Threads;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;

/** Runs given token ids through a model and writes the logits, so that anyone can compare them. */
final class LogitsHandler {
  private LogitsHandler() {}

  static Reply answer(Request.Logits request, Models models, Call call) {
    Threads.use(request.threads());
    String dtype = request.dtype() == null ? "float32" : request.dtype();
    call.progress("loading", 0, 0, "");
    try (var borrowed = models.borrow(request.model(), request.adapter(), dtype);
        var file = SafetensorsFile.open(Path.of(request.inputs()));
        Scope scope = Kernels.get().inference()) {
      Inputs in = inputs(file, borrowed.model().base().config().vocabularySize());
      var model = borrowed.model();
      Pass pass = Pass.still(scope, model.weights());
      var hidden = model.decoder().hidden(pass, in);
      var logits = scope.call("to_float32", model.decoder().logits(pass, hidden));
      Path out = Path.of(request.out());
      long[] shape = logits.getShape().getShape();
      var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
      entries.put("logits", SafetensorsWriter.float32(new Values(logits.toFloatArray(), shape)));
      SafetensorsWriter.write(out, entries, Map.of());
      Double loss = null;
      if (file.has("labels")) {
        var sum = model.decoder().loss(pass, in, file.longs("labels"));
        loss = sum.tokens() == 0 ? null : (double) sum.sum().getFloat() / sum.tokens();
      }
      return new Reply.LogitsWritten(out.toString(), boxed(shape), loss);
    }
  }

  private static Inputs inputs(SafetensorsFile file, int vocabulary) {
    long[] shape = file.shape("input_ids");
    long[] ids = file.longs("input_ids");
    if (shape.length != 2) {
      throw StudioException.badInput(
          "input_ids has " + shape.length + " dimensions.", "Give it as [rows, tokens].");
    }
    for (long id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw StudioException.badInput(
            "input_ids holds " + id + ", but the vocabulary has " + vocabulary + " tokens.",
            "Use ids of this model's tokenizer.");
      }
    }
    long[] mask = file.has("attention_mask") ? file.longs("attention_mask") : null;
    return new Inputs(ids, (int) shape[0], (int) shape[1], mask, null, null);
  }

  private static List<Long> boxed(long[] shape) {
    return LongStream.of(shape).boxed().toList();
  }
}
