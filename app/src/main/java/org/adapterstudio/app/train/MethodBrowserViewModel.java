package org.adapterstudio.app.train;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.family.ModelFamily;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/**
 * Every method by family and search, one or two of them in detail, each with what it would train
 * and need on the base and data that the form names.
 */
public final class MethodBrowserViewModel {
  private final TrainForm form;
  private final Optional<ModelFamily> base;
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<String> family = new SimpleObjectProperty<>("");
  private final ObservableList<MethodCard> shown = FXCollections.observableArrayList();
  private final Candidate selected;
  private final Candidate pinned;

  /**
   * All methods, the form's own in detail.
   *
   * @param base family of the base, whose methods alone are shown; all where it is open
   * @param later runs on the UI thread after the pause that ends a change
   */
  public MethodBrowserViewModel(
      Services services, Executor later, TrainForm form, Optional<ModelFamily> base) {
    this.form = form;
    this.base = base;
    this.selected = new Candidate(new LatestRequest(services.engine(), later, services.uiThread()));
    this.pinned = new Candidate(new LatestRequest(services.engine(), later, services.uiThread()));
    search.addListener((_, _, _) -> filter());
    family.addListener((_, _, _) -> filter());
    filter();
    selected.show(form.methodProperty().get());
  }

  /** One method in detail. */
  public final class Candidate {
    private final LatestRequest plans;
    private final ObjectProperty<MethodCard> card = new SimpleObjectProperty<>();
    private final ObjectProperty<Reply> plan = new SimpleObjectProperty<>();

    private Candidate(LatestRequest plans) {
      this.plans = plans;
    }

    /** Shows a method; null shows none. */
    public void show(MethodCard next) {
      card.set(next);
      plan.set(null);
      plans.cancel();
      if (next != null && form.complete()) {
        plans.ask(new Request.Plan(recipe(next)), plan::set);
      }
    }

    /** The method; null where there is none. */
    public ReadOnlyObjectProperty<MethodCard> cardProperty() {
      return card;
    }

    /** What it would need, or why that is unknown; null until the engine answers. */
    public ReadOnlyObjectProperty<Reply> planProperty() {
      return plan;
    }
  }

  private Recipe recipe(MethodCard card) {
    Recipe recipe = form.recipe();
    boolean same = card.key().equals(recipe.adapter().method());
    return same ? recipe : recipe.adapting(recipe.adapter().by(card.key()));
  }

  private void filter() {
    shown.setAll(
        MethodCatalogue.cards("adapter").stream()
            .filter(this::suits)
            .filter(card -> family.get().isEmpty() || card.family().equals(family.get()))
            .filter(card -> card.mentions(search.get()))
            .toList());
  }

  private boolean suits(MethodCard card) {
    return base.map(it -> card.suitsBase(it.network(), it.key())).orElse(true);
  }

  /** Families that have methods, by name. */
  public static List<String> families() {
    return MethodCatalogue.cards("adapter").stream()
        .map(MethodCard::family)
        .distinct()
        .sorted()
        .toList();
  }

  /** Holds the selected method still, so that the next one stands beside it; again lets it go. */
  public void compare() {
    pinned.show(pinned.cardProperty().get() == null ? selected.cardProperty().get() : null);
  }

  /** Puts a method into the form. */
  public void use(MethodCard card) {
    form.methodProperty().set(card);
  }

  /** What is looked for in title, key, sentence and paper. */
  public StringProperty searchProperty() {
    return search;
  }

  /** One family; blank is all. */
  public ObjectProperty<String> familyProperty() {
    return family;
  }

  /** The methods that fit. */
  public ObservableList<MethodCard> shown() {
    return shown;
  }

  /** The method in detail. */
  public Candidate selected() {
    return selected;
  }

  /** The method it is compared with. */
  public Candidate pinned() {
    return pinned;
  }

  /** Ends everything under way. */
  public void close() {
    selected.plans.cancel();
    pinned.plans.cancel();
  }
}
