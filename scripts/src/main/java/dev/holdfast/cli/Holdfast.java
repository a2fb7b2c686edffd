package dev.holdfast.cli;

import dev.holdfast.cli.access.AccessGroup;
import dev.holdfast.cli.access.WhoAmICommand;
import dev.holdfast.cli.audit.AuditGroup;
import dev.holdfast.cli.bench.BenchCommand;
import dev.holdfast.cli.certs.CertsGroup;
import dev.holdfast.cli.cluster.ClusterGroup;
import dev.holdfast.cli.deadletter.DeadLetterGroup;
import dev.holdfast.cli.drill.DrillCommand;
import dev.holdfast.cli.global.GlobalGroup;
import dev.holdfast.cli.history.HistoryCommand;
import dev.holdfast.cli.imports.ImportCommand;
import dev.holdfast.cli.keys.KeysGroup;
import dev.holdfast.cli.lease.LeaseGroup;
import dev.holdfast.cli.order.OrderCommand;
import dev.holdfast.cli.proto.ProtoGroup;
import dev.holdfast.cli.reservation.ConfirmCommand;
import dev.holdfast.cli.reservation.ExplainCommand;
import dev.holdfast.cli.reservation.ExtendCommand;
import dev.holdfast.cli.reservation.ReleaseCommand;
import dev.holdfast.cli.reservation.ReplaceCommand;
import dev.holdfast.cli.reservation.ReservationGroup;
import dev.holdfast.cli.reservation.ReserveCommand;
import dev.holdfast.cli.sample.SampleCommand;
import dev.holdfast.cli.stock.StockGroup;
import dev.holdfast.cli.store.StoreGroup;
import dev.holdfast.cli.sync.SyncGroup;
import dev.holdfast.cli.transfer.TransferGroup;
import dev.holdfast.cli.verify.VerifyCommand;
import dev.holdfast.cli.watch.WatchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command line. */
@Command(
    name = "holdfast",
    version = "holdfast 0.1.0",
    description = "Changes and reads the stock of many stores.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StockGroup.class,
      ReserveCommand.class,
      ConfirmCommand.class,
      ReleaseCommand.class,
      OrderCommand.class,
      StoreGroup.class,
      LeaseGroup.class,
      TransferGroup.class,
      ExtendCommand.class,
      ReplaceCommand.class,
      ReservationGroup.class,
      ExplainCommand.class,
      GlobalGroup.class,
      HistoryCommand.class,
      WatchCommand.class,
      ImportCommand.class,
      SampleCommand.class,
      VerifyCommand.class,
      SyncGroup.class,
      DeadLetterGroup.class,
      WhoAmICommand.class,
      AccessGroup.class,
      ClusterGroup.class,
      CertsGroup.class,
      AuditGroup.class,
      KeysGroup.class,
      ProtoGroup.class,
      BenchCommand.class,
      DrillCommand.class,
    },
    footer = {
      "",
      "Environment: HOLDFAST_ENDPOINT (store nodes) and HOLDFAST_AGGREGATOR (aggregators), as"
          + " HOST:PORT,...; needed unless they",
      "run at the default addresses of scripts/cluster; scripts/cluster up prints both."
          + " HOLDFAST_CERTS (directory of",
      "certificates), HOLDFAST_BEARER_TOKEN and HOLDFAST_BEARER_TOKEN_FILE, HOLDFAST_INSECURE=true"
          + " (no TLS).",
      "",
      "Exit codes: 0 success; 1 refused, failed, or output lost; 2 usage error.",
      "",
      "Examples:",
      "  holdfast stock create Oslo TEA-1 --quantity 40",
      "  holdfast stock adjust Oslo TEA-1 -2 --reason sale --reference 536365",
      "  holdfast stock list --all -o csv",
      "  holdfast cluster status",
      "  holdfast verify",
    })
public final class Holdfast extends CommandGroup {
  /**
   * Replaces bytes that are invalid in the encoding of the locale, so the intended text is lost.
   */
  private static final char UNREADABLE = '\uFFFD';

  private static final String LOG_CONFIG = "logback.configurationFile";

  public static void main(String[] arguments) {
    if (System.getProperty(LOG_CONFIG) == null) {
      System.setProperty(LOG_CONFIG, "holdfast-cli-logback.xml"); // before the first logger
    }
    Session session = Session.ofProcess();
    int code = run(session, arguments);
    session.err().flush();
    System.exit(code);
  }

  /** Runs one command line. Returns the exit code: 0 only if all output was written, too. */
  static int run(Session session, String... arguments) {
    for (String argument : arguments) {
      if (argument.indexOf(UNREADABLE) >= 0) {
        session.err().println("holdfast: '" + argument + "' could not be read as UTF-8 text");
        session.err().println("nothing was done; set LC_ALL=C.UTF-8, and type it in UTF-8");
        return ExitCode.USAGE;
      }
    }
    int code = commandLine(session).execute(arguments);
    try {
      session.out().flush();
      return code;
    } catch (LostOutputException e) {
      if (!e.isClosedPipe()) {
        session.err().println("holdfast: " + e.getMessage());
      }
      return code == ExitCode.OK ? ExitCode.SOFTWARE : code;
    }
  }

  /** Builds all commands; they print to a session. */
  static CommandLine commandLine(Session session) {
    CommandLine root = new CommandLine(new Holdfast());
    root.setOut(session.out());
    root.setErr(session.err());
    root.setExecutionStrategy(new Execution());
    root.setParameterExceptionHandler(new UsageErrors());
    root.setExecutionExceptionHandler(new Errors(session));
    root.setUsageHelpAutoWidth(true);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    return root;
  }
}
