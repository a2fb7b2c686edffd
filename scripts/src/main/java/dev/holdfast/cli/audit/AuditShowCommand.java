package dev.holdfast.cli.audit;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.history.TypedMoment;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.audit.AuditFolder;
import dev.holdfast.common.audit.AuditLine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast audit show}. */
@Command(
    name = "show",
    description = {
      "Shows lines of audit streams, oldest first; those of several nodes by time. Without --limit,"
          + " the",
      "newest 1000. -o json prints the lines as they stand in the files."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast audit show /var/lib/holdfast/node-a --since 2026-01-31",
      "  holdfast audit show .holdfast/data/node-a .holdfast/data/node-b --refused",
      "  holdfast audit show audit --principal user/alice --what admin.action -o json",
    })
final class AuditShowCommand extends CliCommand implements Runnable {
  private static final List<Column<AuditLine>> COLUMNS =
      List.of(
          new Column<>("time", line -> line.time().toString()),
          new Column<>("node", AuditLine::node),
          new Column<>("what", AuditLine::kind),
          new Column<>("outcome", AuditLine::outcome),
          new Column<>("principal", AuditLine::principal),
          new Column<>("from", AuditLine::from),
          new Column<>("detail", AuditShowCommand::detail),
          new Column<>("request_id", AuditLine::requestId),
          new Column<>("seq", AuditLine::sequence));

  private static final int LIMIT_MAX = 50_000;

  private record Shown(AuditLine line, String text) {}

  @Mixin private final AuditFolders folders = new AuditFolders();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--principal",
      paramLabel = "PRINCIPAL",
      description = "only of this principal, such as user/alice; '' for callers that nobody knows")
  private String principal = ANYBODY;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only since this day (2026-01-31, in UTC) or time (2026-01-31T12:00:00Z)")
  private String since = "";

  @Option(
      names = "--what",
      paramLabel = "WORD",
      description = "only of this kind, such as access.denied; admin for all that begin with it")
  private String what = "";

  @Option(names = "--refused", description = "only what was refused")
  private boolean refused;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "maximum number, at most 50000 (default: ${DEFAULT-VALUE})")
  private int limit;

  /** No principal, since one is without spaces. */
  private static final String ANYBODY = " ";

  @Override
  public void run() {
    UsageException.requireRange("--limit", limit, 1, LIMIT_MAX);
    Instant from =
        since.isEmpty() ? Instant.MIN : Instant.ofEpochMilli(TypedMoment.millis("--since", since));
    List<Shown> found =
        folders.open().stream()
            .flatMap(folder -> newest(folder, from))
            .sorted(Comparator.comparing(shown -> shown.line().time()))
            .toList();
    show(found.subList(Math.max(0, found.size() - limit), found.size()));
  }

  private Stream<Shown> newest(AuditFolder folder, Instant from) {
    Deque<Shown> found = new ArrayDeque<>();
    try {
      folder.forEach(
          (line, text) -> {
            if (isWanted(line, from)) {
              found.add(new Shown(line, text));
              if (found.size() > limit) {
                found.removeFirst();
              }
            }
          });
    } catch (IOException e) {
      throw new UsageException(folder.directory() + " cannot be read: " + e);
    }
    return found.stream();
  }

  private boolean isWanted(AuditLine line, Instant from) {
    return !line.time().isBefore(from)
        && (principal.equals(ANYBODY) || line.principal().equals(principal))
        && (what.isEmpty() || line.kind().equals(what) || line.kind().startsWith(what + "."))
        && (!refused || line.outcome().equals("refused"));
  }

  private void show(List<Shown> lines) {
    if (output.isJson()) {
      lines.forEach(shown -> out().println(shown.text()));
    } else {
      output.print(COLUMNS, lines.stream().map(Shown::line).toList());
    }
  }

  private static String detail(AuditLine line) {
    return line.detail().entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining(" "));
  }
}
