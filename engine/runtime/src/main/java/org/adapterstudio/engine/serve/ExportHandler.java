package org.adapterstudio.engine.serve;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.export.Export;
import org.adapterstudio.engine.export.PlainLora;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.pass.Inputs;

/** Writes an adapter or a merged model, reopens it and compares. */
final class ExportHandler {
  private ExportHandler() {}

  static Reply answer(Request.Export request, Models models, Call call) {
    Path out = Path.of(request.out());
    if (Export.holds(out)) {
      throw StudioException.badInput(
          out + " already holds a model or an adapter.", "Choose another folder.");
    }
    var wanted =
        new Models.Wanted(request.model(), request.adapter(), "float32", request.quantization());
    try (var borrowed = models.borrow(wanted, call)) {
      var model = borrowed.model();
      if (model.settings() == null) {
        throw StudioException.badInput("There is no adapter to export.", "Give --adapter.");
      }
      call.progress("writing", 0, 0, "");
      Inputs probe = model.network().probe();
      Export done =
          request.what().equals("merged")
              ? Export.merged(model, out, probe)
              : adapter(request.form(), model, out, probe);
      Double lost = done.lost() == 0 ? null : done.lost();
      return new Reply.Exported(out.toString(), done.bytes(), done.error(), lost);
    }
  }

  private static Export adapter(
      Request.Export.Form form, AdaptedModel model, Path out, Inputs probe) {
    return switch (form == null ? "own" : form.kind()) {
      case "own" -> Export.own(model, out, probe);
      case "lora" ->
          Export.lora(model, out, probe, new PlainLora.Limit(form.rank(), form.energy()));
      case "residual" -> Export.residual(model, out, probe);
      case "delta" -> Export.change(model, out, probe);
      default ->
          throw StudioException.badInput(
              "There is no form \"" + form.kind() + "\".", "Use own, lora, residual or delta.");
    };
  }
}
