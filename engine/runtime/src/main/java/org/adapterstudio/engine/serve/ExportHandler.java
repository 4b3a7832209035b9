package org.adapterstudio.engine.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.export.ResultCard;
import org.adapterstudio.engine.model.pass.Inputs;

/** Writes an adapter or a merged model, reopens it and compares. */
final class ExportHandler {
  private ExportHandler() {}

  static Reply answer(Request.Export request, Models models, Call call) {
    Path out = Path.of(request.out());
    if (Files.exists(out.resolve("config.json")) || AdapterFolder.is(out)) {
      throw StudioException.badInput(
          out + " already holds a model or an adapter.", "Choose another folder.");
    }
    call.progress("loading", 0, 0, "");
    try (var borrowed = models.borrow(request.model(), request.adapter(), "float32")) {
      var model = borrowed.model();
      if (model.settings() == null) {
        throw StudioException.badInput("There is no adapter to export.", "Give --adapter.");
      }
      Inputs probe = model.network().probe();
      call.progress("writing", 0, 0, "");
      boolean merged = request.what().equals("merged");
      String card = ResultCard.of(model, "", merged);
      long bytes =
          merged ? MergedModel.write(model, out, card) : AdapterFolder.write(model, out, card);
      call.progress("checking", 0, 0, "");
      double error =
          merged ? Proof.ofMerged(model, out, probe) : Proof.ofAdapter(model, out, probe);
      return new Reply.Exported(out.toString(), bytes, error);
    }
  }
}
