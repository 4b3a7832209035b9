package org.adapterstudio.engine.serve;

import java.nio.file.Path;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.export.ResultCard;
import org.adapterstudio.engine.export.dialect.SingleFileWriter;
import org.adapterstudio.engine.method.AdaptedModel;

/** Writes an adapter under another program's keys, and compares what it reads back. */
final class ConvertHandler {
  private static final String PEFT = "peft";

  /** Largest logit difference after reopening that rounding explains. */
  private static final double TOLERANCE = 1e-3;

  private ConvertHandler() {}

  static Reply answer(Request.Convert request, Models models, Call call) {
    Path out = Path.of(request.out());
    boolean folder = request.to().equals(PEFT);
    if (folder && AdapterFolder.is(out)) {
      throw StudioException.badInput(out + " already holds an adapter.", "Choose another folder.");
    }
    var wanted =
        new Models.Wanted(request.model(), request.adapter(), "float32", request.quantization());
    try (var borrowed = models.borrow(wanted, call)) {
      AdaptedModel model = borrowed.model();
      call.progress("writing", 0, 0, "");
      long bytes =
          folder
              ? AdapterFolder.write(model, out, ResultCard.of(model, "", false))
              : SingleFileWriter.write(model, request.to(), out);
      call.progress("checking", 0, 0, "");
      try (AdaptedModel reopened = Models.attach(model.base(), out.toString())) {
        double error = Proof.between(model, reopened, model.network().probe());
        requireSame(error, out);
        return new Reply.Exported(out.toString(), bytes, error);
      }
    }
  }

  /** What does not read back as the same is no conversion. */
  private static void requireSame(double error, Path out) {
    if (!(error <= TOLERANCE)) {
      throw new StudioException(
          new Failure(
              "export",
              out + " reads back with logits that are off by " + error + ".",
              "Do not use it: this form does not hold the adapter. Export it for PEFT, or merge"
                  + " it.",
              ""));
    }
  }
}
