package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.testing.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every screen with real contents as a screen reader and the Tab key do. */
class ScreenReaderTest {
  @TempDir Path folder;

  @Test
  void everythingThatTakesTheFocusHasANameAndEveryIconAWord() throws Exception {
    try (var window = new FurnishedWindow(folder, 1280, 900)) {
      Set<String> nameless = new TreeSet<>();
      Map<String, Runnable> screens = window.screens();
      screens.remove("runs");
      screens.forEach(
          (name, open) -> {
            open.run();
            nameless.addAll(problems(name, window.root()));
            tabs(window.root())
                .forEach(
                    tab -> {
                      Screen.run(() -> tab.getTabPane().getSelectionModel().select(tab));
                      nameless.addAll(problems(name + "/" + tab.getText(), window.root()));
                    });
          });
      window.library();
      window.chat();
      nameless.addAll(problems("chat", window.root()));
      window.notices();
      nameless.addAll(problems("notices", window.root()));
      Screen.run(() -> window.act(Action.HELP));
      nameless.addAll(problems("help", window.root()));
      Screen.run(() -> window.wiring().palette().open().set(true));
      nameless.addAll(problems("palette", window.root()));
      assertThat(nameless).as("where: node").isEmpty();
    }
  }

  private static List<String> problems(String screen, Node root) {
    return Screen.call(
        () -> {
          ((Parent) root).applyCss();
          ((Parent) root).layout();
          var found = new ArrayList<String>();
          walk(screen, root, labelled(root), found);
          return found;
        });
  }

  private static List<Tab> tabs(Node root) {
    return Screen.call(
        () ->
            root.lookupAll(".tab-pane").stream()
                .filter(Node::isVisible)
                .flatMap(pane -> ((TabPane) pane).getTabs().stream())
                .toList());
  }

  /** The nodes that a label is for. */
  private static Set<Node> labelled(Node root) {
    return root.lookupAll(".label").stream()
        .map(label -> label instanceof Label text ? text.getLabelFor() : null)
        .filter(node -> node != null)
        .collect(Collectors.toSet());
  }

  private static void walk(String screen, Node node, Set<Node> labelled, List<String> found) {
    if (!node.isVisible()) {
      return;
    }
    if (node.isFocusTraversable() && !named(node) && !labelled.contains(node)) {
      found.add(screen + ": no name: " + words(node));
    }
    if (node instanceof ButtonBase button && icon(button)) {
      if (button.getTooltip() == null || button.getTooltip().getText().isBlank()) {
        found.add(screen + ": icon without tooltip: " + words(node));
      }
      if (blank(button.getAccessibleText())) {
        found.add(screen + ": icon without words: " + words(node));
      }
    }
    if (node instanceof TitledPane pane && pane.isAnimated()) {
      found.add(screen + ": moves longer than 150 ms: " + words(node));
    }
    if (node instanceof TableView<?> table) {
      table.getColumns().stream()
          .filter(column -> blank(column.getText()))
          .map(TableColumn::getId)
          .forEach(id -> found.add(screen + ": column without a heading: " + id));
    }
    if (node instanceof Parent parent && !inside(node)) {
      parent.getChildrenUnmodifiable().forEach(child -> walk(screen, child, labelled, found));
    }
  }

  private static boolean named(Node node) {
    if (!blank(node.getAccessibleText())
        || !(node instanceof TextInputControl) // its text is what was typed
            && node.queryAccessibleAttribute(AccessibleAttribute.TEXT) instanceof String text
            && !text.isBlank()) {
      return true;
    }
    return switch (node) {
      case IndexedCell<?> _, ScrollBar _, SplitPane _ -> true; // read by what holds them
      case TabPane pane -> pane.getTabs().stream().noneMatch(tab -> blank(tab.getText()));
      case Labeled labeled -> !blank(labeled.getText());
      case ScrollPane pane -> pane.getContent() != null && !pane.isFocusTraversable();
      default -> false;
    };
  }

  /** Whether what lies in a node is the toolkit's own. */
  private static boolean inside(Node node) {
    return node instanceof ComboBox<?> || node instanceof ScrollBar;
  }

  private static boolean icon(ButtonBase button) {
    return blank(button.getText())
        && button.getGraphic() instanceof org.kordamp.ikonli.javafx.FontIcon;
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }

  private static String words(Node node) {
    String id = node.getId() == null ? "" : "#" + node.getId();
    String tip =
        node instanceof Control control && control.getTooltip() != null
            ? " “" + control.getTooltip().getText() + "”"
            : "";
    return node.getClass().getSimpleName()
        + id
        + "."
        + String.join(".", node.getStyleClass())
        + tip;
  }
}
