package org.adapterstudio.app.cli;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: options that all share, and how failures become sentences and exit codes. */
@Command(
    name = "studio",
    mixinStandardHelpOptions = true,
    version = "Adapter Studio 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Adapts neural networks with low-rank adapters. Without a command the window opens.",
      ""
    },
    footer = {
      "",
      "RUN is a run's name or its folder. Exit codes: 0 success, 1 failure, 2 wrong usage,",
      "130 stopped by Ctrl-C.",
      "",
      "Examples:",
      "  studio demo --out demo",
      "  studio train recipe.json --set training.max_steps=60",
      "  studio show my-run --follow",
    },
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      RunsCommand.class,
      ShowCommand.class,
      CompareCommand.class,
      TagCommand.class,
      NoteCommand.class,
      ArchiveCommand.class,
      DeleteCommand.class,
      PauseCommand.class,
      StopCommand.class,
      RestoreCommand.class,
      SaveCommand.class,
      ResumeCommand.class,
      ExtendCommand.class,
      BranchCommand.class,
      VerifyCommand.class,
      QueueCommand.class,
      ScoreCommand.class,
      ExportCommand.class,
      AdviseCommand.class,
      LogCommand.class,
      ImportCommand.class,
      ConvertCommand.class,
      MergeCommand.class,
      ArenaCommand.class,
      ChatCommand.class,
      ClassifyCommand.class,
      LogitsCommand.class,
      NewModelCommand.class,
      TensorsCommand.class,
      MethodsCommand.class,
      FamiliesCommand.class,
      EngineCommand.class,
      WindowCommand.class
    })
public final class Studio implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "With a failure, also print its technical detail.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  private Studio() {}

  /** Parses and executes a command line and returns its exit code. */
  public static int run(Desk desk, String... args) {
    var studio = new Studio();
    var line =
        line(studio, desk)
            .setOut(desk.out())
            .setErr(desk.err())
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(100)
            .setParameterExceptionHandler((e, _) -> usage(e))
            .setExecutionExceptionHandler((e, _, _) -> studio.fail(desk.err(), e));
    return line.execute(args);
  }

  /** Refuses a command line that could not be carried out, as wrong usage of its own command. */
  static void check(Desk desk, List<String> arguments) {
    try {
      line(new Studio(), desk).parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw StudioException.badInput(
          "studio " + String.join(" ", arguments) + ": " + e.getMessage() + ".",
          "`" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help` explains.");
    }
  }

  /** Behind {@code queue then} every word belongs to the command that is queued. */
  private static CommandLine line(Studio studio, Desk desk) {
    var line = new CommandLine(studio, factory(desk)).setCaseInsensitiveEnumValuesAllowed(true);
    line.getSubcommands().get("queue").getSubcommands().get("then").setStopAtPositional(true);
    CommandList.show(line);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }

  private int fail(PrintWriter err, Exception e) {
    if (e instanceof Ended ended) {
      ended.sentence().ifPresent(err::println);
      return ended.code();
    }
    Failure failure = Sentences.failure(e);
    err.println("studio: " + failure.text());
    if (verbose && !failure.detail().isEmpty()) {
      err.println(failure.detail());
    } else if (failure.kind().equals("internal")) {
      err.println("`--verbose` prints the details.");
    }
    return Exit.FAILURE;
  }

  private static int usage(ParameterException e) {
    var line = e.getCommandLine();
    line.getErr().println("studio: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr().println("`" + line.getCommandSpec().qualifiedName() + " --help` explains.");
    return Exit.USAGE;
  }

  private static CommandLine.IFactory factory(Desk desk) {
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
          var parameters = constructor.getParameterTypes();
          if (parameters.length == 1 && parameters[0] == Desk.class) {
            return type.cast(constructor.newInstance(desk));
          }
        }
        return CommandLine.defaultFactory().create(type);
      }
    };
  }
}
