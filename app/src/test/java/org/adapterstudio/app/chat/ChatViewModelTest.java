package org.adapterstudio.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.app.library.LibraryCatalogue;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.FakeEngine;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatViewModelTest {
  @TempDir Path folder;
  private final FakeServices fake = new FakeServices();
  private FakeEngine engine;
  private LibraryCatalogue library;
  private ChatViewModel chat;
  private Path base;
  private Path adapter;

  @BeforeEach
  void open() {
    base = TinyModels.llama(folder.resolve("models/pico"), 32);
    TinyModels.llama(folder.resolve("models/zeta"), 32);
    adapter = TinyModels.lora(folder.resolve("models/dates"), base.toString(), 4);
    TinyModels.write(folder.resolve("work/project.json"), "{}");
    Services services = fake.direct(folder.resolve("work"));
    engine = fake.engine;
    library = new LibraryCatalogue(services, new SettingsFile(folder.resolve("settings.json")));
    library.add(folder.resolve("models"));
    chat = new ChatViewModel(services, library);
  }

  @AfterEach
  void close() {
    chat.close();
    library.close();
  }

  @Test
  void offersTheLibrarysModelsAndTheAdaptersOfTheChosenOne() {
    assertThat(chat.models()).extracting(Choice::name).containsExactly("pico", "zeta");
    assertThat(chat.adapters()).containsExactly(ChatViewModel.none());
    chat.model().set(chat.models().getFirst());
    assertThat(chat.adapters()).extracting(Choice::path).containsExactly(null, adapter);
  }

  @Test
  void theOnlyBaseIsChosenUnasked() {
    TinyModels.llama(folder.resolve("single/only"), 32);
    library.folders().setAll(folder.resolve("single"));
    library.rescan();
    try (var other = new ChatViewModel(fake.direct(folder.resolve("work")), library)) {
      assertThat(other.model().get().name()).isEqualTo("only");
    }
  }

  @Test
  void offersCheckpointsAndPromptsOfTheBasesRuns() throws Exception {
    var recipe =
        new Recipe(
            1,
            "first",
            Recipe.Model.of(base.toString()),
            null,
            null,
            null,
            new Recipe.Sampling(List.of("When?"), null, null));
    RunFolder run = RunFolder.create(folder.resolve("work/runs/first"), recipe);
    java.nio.file.Files.createDirectories(run.checkpoint(20));
    chat.open(base, null);
    assertThat(chat.adapters()).extracting(Choice::path).contains(run.checkpoint(20));
    assertThat(chat.samples()).containsExactly("When?");
  }

  @Test
  void sendsTheSamePromptSeedAndSettingsToBothSides() {
    openBoth();
    chat.settings().seed().set(7);
    chat.settings().temperature().set(0.5);
    chat.settings().maxTokens().set(9);
    say("When?");
    Request.Chat left = request(0);
    Request.Chat right = request(1);
    assertThat(left.adapter()).isNull();
    assertThat(right.adapter()).isEqualTo(adapter.toString());
    assertThat(List.of(left, right))
        .allSatisfy(
            request -> {
              assertThat(request.model()).isEqualTo(base.toString());
              assertThat(request.seed()).isEqualTo(7);
              assertThat(request.temperature()).isEqualTo(0.5);
              assertThat(request.maxTokens()).isEqualTo(9);
              assertThat(request.messages()).containsExactly(new Request.Message("user", "When?"));
            });
  }

  @Test
  void keepsTheTwoStreamsApart() {
    openBoth();
    say("When?");
    engine.asked.get(0).reply(new Reply.Token("the "));
    engine.asked.get(1).reply(new Reply.Token("{"));
    engine.asked.get(0).reply(new Reply.Token("meeting"));
    engine.asked.get(1).reply(new Reply.Token("}"));
    assertThat(last().base().text().get()).isEqualTo("the meeting");
    assertThat(last().adapted().text().get()).isEqualTo("{}");
    assertThat(chat.busy().get()).isTrue();
    finish(0, "the meeting");
    assertThat(chat.busy().get()).as("the adapter still writes").isTrue();
    finish(1, "{}");
    assertThat(chat.busy().get()).isFalse();
    assertThat(last().adapted().note().get()).contains("3 tokens").contains("ended by itself");
  }

  @Test
  void eachSideRemembersItsOwnAnswers() {
    openBoth();
    say("One");
    finish(0, "base one");
    finish(1, "adapter one");
    say("Two");
    assertThat(request(2).messages())
        .extracting(Request.Message::content)
        .containsExactly("One", "base one", "Two");
    assertThat(request(3).messages())
        .extracting(Request.Message::content)
        .containsExactly("One", "adapter one", "Two");
  }

  @Test
  void rawContinuesThePromptWithoutWhatWasSaidBefore() {
    openBoth();
    say("One");
    finish(0, "x");
    finish(1, "x");
    chat.settings().raw().set(true);
    say("Once upon");
    assertThat(request(2).raw()).isTrue();
    assertThat(request(2).messages()).containsExactly(new Request.Message("user", "Once upon"));
  }

  @Test
  void aFailureOfOneSideIsItsCardAndLeavesTheOtherAlone() {
    openBoth();
    say("When?");
    var failure = Failure.badInput("The adapter is for another hidden size.", "Choose another.");
    engine.asked.get(1).reply(new Reply.Failed(failure));
    finish(0, "fine");
    assertThat(last().adapted().failure().get()).isEqualTo(failure);
    assertThat(last().base().failure().get()).isNull();
    assertThat(last().base().text().get()).isEqualTo("fine");
    assertThat(chat.busy().get()).isFalse();
    assertThat(fake.said).noneMatch(said -> said.contains("hidden size"));
  }

  @Test
  void stopCancelsBothAndKeepsWhatWasSaid() {
    openBoth();
    say("When?");
    engine.asked.get(0).reply(new Reply.Token("the "));
    chat.stop();
    assertThat(engine.asked).allMatch(FakeEngine.Asked::cancelled);
    var cancelled = new Reply.Failed(new Failure("cancelled", "Stopped.", "", ""));
    engine.asked.forEach(asked -> asked.reply(cancelled));
    assertThat(last().base().text().get()).isEqualTo("the ");
    assertThat(last().base().failure().get()).isNull();
    assertThat(last().base().note().get()).isEqualTo("stopped");
    assertThat(chat.busy().get()).isFalse();
  }

  @Test
  void saysWhenBothSidesAnswerTheSame() {
    openBoth();
    say("When?");
    var same = last().same();
    finish(0, "soon");
    assertThat(same.get()).isFalse();
    finish(1, "soon");
    assertThat(same.get()).isTrue();
  }

  @Test
  void sendNamesWhatIsMissing() {
    assertThat(chat.missing().get()).isEqualTo("Choose a base");
    chat.model().set(chat.models().getFirst());
    assertThat(chat.missing().get()).isEqualTo("Type a prompt");
    chat.send();
    assertThat(engine.asked).isEmpty();
    say("Hello");
    assertThat(engine.asked).as("no adapter, one side").hasSize(1);
    say("Again");
    assertThat(engine.asked).as("busy").hasSize(1);
  }

  @Test
  void aScanThatFindsMoreLeavesTheConversationAlone() {
    openBoth();
    say("When?");
    finish(0, "a");
    finish(1, "b");
    TinyModels.llama(folder.resolve("models/another"), 32);
    library.rescan();
    assertThat(chat.models()).hasSize(3);
    assertThat(chat.model().get().path()).isEqualTo(base);
    assertThat(chat.adapter().get().path()).isEqualTo(adapter);
    assertThat(chat.exchanges()).hasSize(1);
  }

  @Test
  void anotherAdapterStartsAnotherConversation() {
    openBoth();
    say("When?");
    chat.adapter().set(ChatViewModel.none());
    assertThat(chat.exchanges()).isEmpty();
    assertThat(engine.asked).allMatch(FakeEngine.Asked::cancelled);
    assertThat(chat.busy().get()).isFalse();
  }

  private void openBoth() {
    chat.open(base, adapter);
    assertThat(chat.adapter().get().path()).isEqualTo(adapter);
  }

  private void say(String prompt) {
    chat.prompt().set(prompt);
    chat.send();
  }

  private void finish(int call, String text) {
    engine.asked.get(call).reply(new Reply.Generated(text, 5, 3, 20, "stop_token"));
  }

  private Request.Chat request(int call) {
    return (Request.Chat) engine.asked.get(call).request;
  }

  private Exchange last() {
    return chat.exchanges().getLast();
  }
}
