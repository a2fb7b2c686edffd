package dev.holdfast.cli.audit;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.OutputOptions.Section;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.audit.AuditFolder;
import dev.holdfast.common.audit.AuditFolder.Anchor;
import dev.holdfast.common.audit.AuditProof;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast audit verify}. */
@Command(
    name = "verify",
    description = {
      "Checks that no line of an audit stream was changed, moved, removed or put in: each carries"
          + " the hash",
      "of the one before it. Works while the node runs. Exit code 0 without problems, otherwise 1.",
      "The removal of the newest lines alone leaves no break: keep last_seq and last_hash elsewhere"
          + " and",
      "give them with --anchor the next time. Older files may be gone: first_seq tells where it"
          + " begins."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast audit verify /var/lib/holdfast/node-a",
      "  holdfast audit verify .holdfast/node-a/data .holdfast/node-b/data -o json",
      "  holdfast audit verify audit --anchor"
          + " 4711:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    })
final class AuditVerifyCommand extends CliCommand implements Callable<Integer> {
  private static final Pattern ANCHOR = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

  private record Checked(String directory, AuditProof proof) {}

  private record Problem(String directory, String text) {}

  private static final Section<Checked> STREAMS =
      new Section<>(
          "stream",
          "Audit streams",
          List.of(
              new Column<>("directory", Checked::directory),
              new Column<>("lines", checked -> checked.proof().lines()),
              new Column<>("first_seq", checked -> checked.proof().firstSequence()),
              new Column<>("last_seq", checked -> checked.proof().lastSequence()),
              new Column<>("problems", AuditVerifyCommand::problems),
              new Column<>("first", checked -> text(checked.proof().first())),
              new Column<>("last", checked -> text(checked.proof().last())),
              new Column<>("unfinished_bytes", checked -> checked.proof().unfinishedBytes()),
              new Column<>("last_hash", checked -> checked.proof().lastHash())));

  private static final Section<Problem> PROBLEMS =
      new Section<>(
          "problem",
          "Problems",
          List.of(
              new Column<>("directory", Problem::directory),
              new Column<>("problem", Problem::text)));

  @Mixin private final AuditFolders folders = new AuditFolders();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--anchor",
      paramLabel = "SEQ:HASH",
      description = "the sequence and hash of a line as kept elsewhere; repeatable, for one DIR")
  private List<String> anchors = List.of();

  @Override
  public Integer call() {
    List<Anchor> kept = anchors.stream().map(AuditVerifyCommand::anchor).toList();
    List<AuditFolder> opened = folders.open();
    if (opened.size() > 1 && !kept.isEmpty()) {
      throw new UsageException("--anchor is of one stream: give one DIR");
    }
    List<Checked> streams = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (AuditFolder folder : opened) {
      String directory = folder.directory().toString();
      AuditProof proof = verify(folder, kept);
      streams.add(new Checked(directory, proof));
      proof.problems().forEach(text -> problems.add(new Problem(directory, text)));
    }
    output.section(STREAMS, streams);
    show(problems);
    return problems.isEmpty() ? 0 : 1;
  }

  private void show(List<Problem> problems) {
    if (output.isTable()) { // which would cut them
      problems.forEach(problem -> out().println(problem.directory + ": " + problem.text));
    } else if (!problems.isEmpty()) {
      output.section(PROBLEMS, problems);
    }
  }

  private static Anchor anchor(String text) {
    Matcher anchor = ANCHOR.matcher(text);
    if (!anchor.matches()) {
      throw new UsageException("--anchor: '" + text + "' must be SEQ:HASH, as verify prints them");
    }
    return new Anchor(Long.parseLong(anchor.group(1)), anchor.group(2));
  }

  private static AuditProof verify(AuditFolder folder, List<Anchor> anchors) {
    try {
      return folder.verify(anchors);
    } catch (IOException e) {
      throw new UsageException(folder.directory() + " cannot be read: " + e);
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static long problems(Checked checked) {
    return checked.proof().problems().size() + checked.proof().moreProblems();
  }
}
