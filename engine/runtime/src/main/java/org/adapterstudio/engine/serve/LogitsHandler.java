package org.adapterstudio.engine.serve;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.run.Threads;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;

/** Runs given inputs through a model and writes its outputs, so that anyone can compare them. */
final class LogitsHandler {
  private LogitsHandler() {}

  static Reply answer(Request.Logits request, Models models, Call call) {
    Threads.use(request.threads());
    String dtype = request.dtype() == null ? "float32" : request.dtype();
    var wanted =
        new Models.Wanted(request.model(), request.adapter(), dtype, request.quantization());
    try (var borrowed = models.borrow(wanted, call);
        var file = SafetensorsFile.open(Path.of(request.inputs()));
        Scope scope = Kernels.get().inference()) {
      var model = borrowed.model();
      Inputs in = InputFile.read(file, model.network());
      Pass pass = Pass.still(scope, model.weights());
      var outputs = model.network().outputs(pass, in, Tap.NONE);
      Path out = Path.of(request.out());
      var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
      outputs.forEach((name, array) -> entries.put(name, entry(scope, array)));
      SafetensorsWriter.write(out, entries, Map.of());
      Double loss = null;
      boolean pairs = !model.network().labelled() && in.dense() != null && in.tokens() != null;
      if (file.has("labels") || pairs) {
        var sum = model.network().loss(pass, in, pairs ? null : file.longs("labels"));
        loss = sum.targets() == 0 ? null : (double) sum.sum().getFloat() / sum.targets();
      }
      long[] shape = outputs.firstEntry().getValue().getShape().getShape();
      return new Reply.LogitsWritten(out.toString(), boxed(shape), loss);
    }
  }

  private static SafetensorsWriter.Entry entry(Scope scope, NDArray array) {
    float[] numbers = scope.call("to_float32", array).toFloatArray();
    return SafetensorsWriter.float32(new Values(numbers, array.getShape().getShape()));
  }

  private static List<Long> boxed(long[] shape) {
    return LongStream.of(shape).boxed().toList();
  }
}
