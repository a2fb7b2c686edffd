package dev.holdfast.common.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check of a stream. A chain shows every change but the removal of the newest
 * lines: whoever keeps the last sequence and hash elsewhere can find that, too.
 *
 * @param firstSequence above 1 when older files were removed
 * @param lastHash SHA-256 of the last line
 * @param problems one line each, at most {@value #PROBLEMS_MAX}
 * @param moreProblems number of those that were left out
 * @param unfinishedBytes bytes of a line at the very end that is being written, or was cut by a
 *     crash
 */
public record AuditProof(
    long lines,
    long firstSequence,
    long lastSequence,
    @Nullable Instant first,
    @Nullable Instant last,
    String lastHash,
    List<String> problems,
    long moreProblems,
    long unfinishedBytes) {
  static final int PROBLEMS_MAX = 100;

  public AuditProof {
    problems = List.copyOf(problems);
  }

  public boolean isGood() {
    return problems.isEmpty();
  }
}
