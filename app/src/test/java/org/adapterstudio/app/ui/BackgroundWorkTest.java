package org.adapterstudio.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;

class BackgroundWorkTest {
  private final List<Runnable> waiting = new ArrayList<>();
  private final List<Object> heard = new ArrayList<>();

  @Test
  void onlyTheLatestAskingIsHeard() {
    var work = new BackgroundWork(waiting::add, Runnable::run);
    work.run(() -> "first", heard::add, heard::add);
    work.run(() -> "second", heard::add, heard::add);
    waiting.forEach(Runnable::run);
    assertThat(heard).containsExactly("second");
  }

  @Test
  void nothingIsHeardAfterACancelEvenIfItWasAlreadyHandedOver() {
    var posted = new ArrayList<Runnable>();
    var work = new BackgroundWork(Runnable::run, posted::add);
    work.run(() -> "late", heard::add, heard::add);
    work.close();
    posted.forEach(Runnable::run);
    assertThat(heard).isEmpty();
  }

  @Test
  void aFailureComesInItsOwnWords() {
    var work = new BackgroundWork(Runnable::run, Runnable::run);
    work.run(
        () -> {
          throw StudioException.badInput("The disk is full.", "Make room.");
        },
        heard::add,
        heard::add);
    assertThat(heard).containsExactly(Failure.badInput("The disk is full.", "Make room."));
  }

  @Test
  void subscriptionsEndTogether() {
    var number = new SimpleIntegerProperty(1);
    var list = FXCollections.observableArrayList("a");
    var bag = new Subscriptions();
    bag.now(number, heard::add);
    bag.now(list, () -> heard.add(list.size()));
    number.set(2);
    list.add("b");
    bag.close();
    number.set(3);
    list.add("c");
    assertThat(heard).containsExactly(1, 1, 2, 2);
  }
}
