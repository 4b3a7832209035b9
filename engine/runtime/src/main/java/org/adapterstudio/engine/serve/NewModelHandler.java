package org.adapterstudio.engine.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.export.UntrainedModel;
import org.adapterstudio.engine.model.BaseModel;

/** Writes an untrained model and opens it once. */
final class NewModelHandler {
  private NewModelHandler() {}

  static Reply answer(Request.NewModel request, Call call) {
    Path out = Path.of(request.out());
    if (Files.exists(out.resolve("config.json"))) {
      throw StudioException.badInput(out + " already holds a model.", "Choose another folder.");
    }
    call.progress("writing", 0, 0, "");
    var written = UntrainedModel.write(Path.of(request.from()), out, request.seed());
    BaseModel.load(out, "float32").close();
    return new Reply.ModelMade(out.toString(), written.parameters(), written.bytes());
  }
}
