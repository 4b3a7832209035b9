package org.adapterstudio.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.TaskCards;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code studio families}: which base models can be opened and what they can be trained for. */
@Command(
    name = "families",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the model families that can be opened, by the model_type of their config.json, and",
      "the tasks their models can be trained for."
    },
    footer = {"", "Examples:", "  studio families", "  studio families --json"})
final class FamiliesCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private JsonOutput json;

  FamiliesCommand(Desk desk) {
    this.desk = desk;
  }

  /**
   * One family.
   *
   * @param network kind of network
   * @param tasks keys for model.task
   */
  record Entry(String modelType, String title, String network, List<String> tasks) {
    static Entry of(String key) {
      ModelFamily family = ModelFamilies.find(key).orElseThrow();
      List<String> tasks = TaskCards.suiting(key).stream().map(MethodCard::key).toList();
      return new Entry(key, family.title(), family.network(), tasks);
    }
  }

  @Override
  public Integer call() {
    var families = ModelFamilies.keys().stream().map(Entry::of).toList();
    json.print(desk, families, () -> print(families));
    return Exit.OK;
  }

  private void print(List<Entry> families) {
    var table = new Table("MODEL TYPE", "FAMILY", "NETWORK", "TASKS");
    families.forEach(
        family ->
            table.row(
                family.modelType(),
                family.title(),
                family.network().replace('_', ' '),
                family.tasks().isEmpty() ? "-" : String.join(", ", family.tasks())));
    desk.out().print(table);
  }
}
