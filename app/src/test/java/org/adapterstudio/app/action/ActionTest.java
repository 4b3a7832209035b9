package org.adapterstudio.app.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.adapterstudio.app.testing.Sources;
import org.adapterstudio.app.ui.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kordamp.ikonli.feather.Feather;

class ActionTest {
  @ParameterizedTest
  @EnumSource
  void hasWordsAnIconAndAPlaceThatHasAName(Action action) {
    assertThat(Messages.text(action.messageKey())).isNotBlank();
    assertThat(Feather.findByDescription(action.icon())).isNotNull();
    assertThat(action.where()).isNotEmpty().allSatisfy(at -> Messages.text(at.messageKey()));
  }

  @ParameterizedTest
  @EnumSource
  void isDoneBySomeScreen(Action action) {
    Pattern done = Pattern.compile("\\.on\\(\\s*Action\\." + action.name() + "\\s*,");
    assertThat(done.matcher(Sources.text(Sources.appJava(), ".java")).find())
        .as("a view says on(Action.%s, ...)", action)
        .isTrue();
  }

  @Test
  void noTwoThatMeetHaveTheSameStandardKeys() {
    for (Action one : Action.values()) {
      for (Action other : Action.values()) {
        if (one != other && one.meets(other) && one.standard().isPresent()) {
          assertThat(one.standard()).as("%s and %s", one, other).isNotEqualTo(other.standard());
        }
      }
    }
  }

  @Test
  void standardKeysMayBeGiven() {
    for (Action action : Action.values()) {
      assertThat(action.standard().filter(Keys::fixed)).as("%s", action).isEmpty();
    }
  }
}
