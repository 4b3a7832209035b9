package org.adapterstudio.engine.serve;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.data.Encoder;
import org.adapterstudio.engine.generate.Generator;
import org.adapterstudio.engine.generate.Sampler;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.run.Threads;
import org.adapterstudio.engine.tokenizer.SpecialTokens;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/** Answers a conversation, streamed. */
final class ChatHandler {
  private ChatHandler() {}

  static Reply answer(Request.Chat request, Models models, Call call) {
    Threads.use(request.threads());
    var wanted =
        new Models.Wanted(request.model(), request.adapter(), "float32", request.quantization());
    try (var borrowed = models.borrow(wanted, call);
        Tokenizer tokenizer = models.tokenizer(request.model())) {
      int[] prompt = prompt(request, borrowed.model(), tokenizer);
      var stream = tokenizer.streaming(true);
      var text = new StringBuilder();
      long start = System.nanoTime();
      var answer =
          new Generator(borrowed.model(), new HashSet<>(tokenizer.specials().eosIds()))
              .generate(
                  prompt,
                  request.maxTokens(),
                  Sampler.of(request.temperature(), request.topP(), request.seed()),
                  token -> send(stream.next(token), text, call),
                  call.cancelled()::get);
      send(stream.finish(), text, call);
      call.checkCancelled();
      double seconds = (System.nanoTime() - start) / 1e9;
      int made = answer.ids().size();
      return new Reply.Generated(
          text.toString(), prompt.length, made, made / seconds, answer.reason());
    }
  }

  private static void send(String piece, StringBuilder text, Call call) {
    if (!piece.isEmpty()) {
      text.append(piece);
      call.replies().accept(new Reply.Token(piece));
    }
  }

  private static int[] prompt(Request.Chat request, AdaptedModel model, Tokenizer tokenizer) {
    if (request.raw()) {
      return tokenizer.encode(request.messages().getFirst().content(), true);
    }
    if (model.network() instanceof EncoderDecoder) {
      return tokenizer.encode(asked(request.messages()), true);
    }
    Path folder = Path.of(request.model());
    ChatTemplate template =
        request.template() != null
            ? ChatTemplate.named(request.template(), SpecialTokens.read(folder))
            : ChatTemplate.of(folder).orElseThrow(() -> ChatTemplate.missing(folder));
    return new Encoder(tokenizer, template, Integer.MAX_VALUE).prompt(request.messages());
  }

  /** An encoder reads the last message, behind the system's; it knows no conversation. */
  private static String asked(List<Request.Message> messages) {
    String system =
        messages.stream()
            .filter(message -> message.role().equals("system"))
            .map(message -> message.content() + "\n\n")
            .findFirst()
            .orElse("");
    return system + messages.getLast().content();
  }
}
