package org.adapterstudio.app.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.Knob;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCard.Capability;
import org.adapterstudio.contract.serve.Reply;
import org.kordamp.ikonli.javafx.FontIcon;

/** One method in detail: what it is, what it can do, and what it would need here. */
final class MethodFacts extends VBox {
  private final MethodBrowserViewModel.Candidate candidate;

  MethodFacts(MethodBrowserViewModel.Candidate candidate) {
    this.candidate = candidate;
    getStyleClass().addAll("card", "method-facts");
    candidate.cardProperty().addListener((_, _, _) -> refresh());
    candidate.planProperty().addListener((_, _, _) -> refresh());
    refresh();
  }

  private void refresh() {
    MethodCard card = candidate.cardProperty().get();
    getChildren().clear();
    if (card == null) {
      return;
    }
    getChildren()
        .addAll(
            PlanPanel.wrapped(card.title(), "card-title"),
            PlanPanel.wrapped(card.sentence(), ""),
            formula(card),
            badges(card),
            numbers(candidate.planProperty().get()),
            part("train.browse.count", card.trainable()),
            part("train.browse.settings", settings(card)));
    if (!card.paper().isEmpty()) {
      getChildren().add(part("train.browse.paper", card.paper()));
    }
    String peft = card.peft() == null ? "train.browse.peft.none" : "train.browse.peft.type";
    String type = card.peft() == null ? "" : card.peft().type();
    getChildren().add(part("train.browse.files", Messages.text(peft, type)));
  }

  private static Node formula(MethodCard card) {
    Label formula = PlanPanel.wrapped(card.formula(), "mono");
    formula.getStyleClass().add("method-formula");
    formula.setMaxWidth(Double.MAX_VALUE);
    return formula;
  }

  /** What a person must know before choosing: needs first, then what comes out. */
  private static Node badges(MethodCard card) {
    var badges = new FlowPane(8, 8);
    if (card.can(Capability.NEEDS_CALIBRATION)) {
      badges.getChildren().add(badge("needs_calibration", "fth-database", "badge-warn"));
    }
    if (card.can(Capability.NEEDS_SVD)) {
      badges.getChildren().add(badge("needs_svd", "fth-clock", "badge-warn"));
    }
    boolean same = card.can(Capability.IDENTITY_AT_START);
    badges
        .getChildren()
        .add(
            same
                ? badge("identity", "fth-check", "badge-ok")
                : badge("moves", "fth-alert-triangle", "badge-warn"));
    if (card.can(Capability.EXPORTS_PLAIN_LORA)) {
      badges.getChildren().add(badge("plain_lora", "fth-check", "badge-ok"));
    }
    badges
        .getChildren()
        .add(
            card.can(Capability.MERGES)
                ? badge("merges", "fth-check", "badge-ok")
                : badge("no_merge", "fth-minus", "badge-warn"));
    if (card.can(Capability.HAS_SPECTRUM)) {
      badges.getChildren().add(badge("spectrum", "fth-activity", "badge-accent"));
    }
    return badges;
  }

  private static Label badge(String key, String icon, String style) {
    var badge = new Label(Messages.text("train.badge." + key), new FontIcon(icon));
    badge.getStyleClass().addAll("badge", style);
    return badge;
  }

  private static Node numbers(Reply reply) {
    return switch (reply) {
      case Reply.Planned planned ->
          new FlowPane(
              24,
              8,
              number(Formats.count(planned.trainableParameters()), "train.browse.trainable"),
              number(share(planned), "train.browse.share"),
              number(Formats.memory(planned.memoryBytes().total()), "train.browse.memory"));
      case Reply.Failed failed -> PlanPanel.problem(failed.failure().text());
      case null, default -> PlanPanel.wrapped(Messages.text("train.browse.wait"), "muted");
    };
  }

  private static String share(Reply.Planned planned) {
    double percent = 100.0 * planned.trainableParameters() / Math.max(1, planned.totalParameters());
    return String.format(Locale.ROOT, percent < 0.1 ? "%.3f %%" : "%.1f %%", percent);
  }

  private static Node number(String value, String label) {
    var number = new Label(value);
    number.getStyleClass().add("method-number");
    var name = new Label(Messages.text(label));
    name.getStyleClass().add("muted");
    var pair = new VBox(number, name);
    pair.setMinWidth(USE_PREF_SIZE);
    return pair;
  }

  private static String settings(MethodCard card) {
    List<String> names = new ArrayList<>(card.knobs().stream().map(Knob::label).toList());
    return names.isEmpty() ? Messages.text("train.browse.settings.none") : String.join(", ", names);
  }

  private static Node part(String label, String text) {
    Label name = PlanPanel.wrapped(Messages.text(label), "field-help");
    return new VBox(2, name, PlanPanel.wrapped(text, ""));
  }
}
