package org.adapterstudio.app.cli;

import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The list of commands in a help text: the first whole sentence of each, not its first line. */
final class CommandList {
  private static final int WIDTH = 100;
  private static final Pattern SENTENCE = Pattern.compile("^(.*?[.:])(\\s|$)");

  private CommandList() {}

  /** Shows it in the help of a command and of all below it. */
  static void show(CommandLine line) {
    var sections = line.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandList::text);
    line.setHelpSectionMap(sections);
  }

  private static String text(Help help) {
    if (help.subcommands().isEmpty()) {
      return "";
    }
    int longest = help.subcommands().keySet().stream().mapToInt(String::length).max().orElseThrow();
    int names = longest + 2;
    var table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(names, 2, Column.Overflow.SPAN),
            new Column(WIDTH - names, 2, Column.Overflow.WRAP));
    help.subcommands()
        .forEach(
            (name, command) ->
                table.addRowValues(
                    name, sentence(command.commandSpec().usageMessage().description())));
    return table.toString();
  }

  /** The first sentence of a description that is broken into lines. */
  static String sentence(String... lines) {
    String whole = String.join(" ", lines);
    var first = SENTENCE.matcher(whole);
    String found = first.find() ? first.group(1) : whole;
    return found.endsWith(":") ? found.substring(0, found.length() - 1) + "." : found;
  }
}
