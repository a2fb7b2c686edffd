package dev.holdfast.common.audit;

import dev.holdfast.common.audit.AuditFolder.Anchor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows the chain through the files of a stream; goes on behind each break. */
final class AuditChainCheck {
  private final Map<Long, String> anchors;
  private final List<String> problems = new ArrayList<>();
  private long moreProblems;
  private long lines;
  private long firstSequence;
  private long lastSequence;
  private @Nullable Instant first;
  private @Nullable Instant last;
  private String hash = AuditLine.NOTHING;
  private long unfinishedBytes;

  AuditChainCheck(List<Anchor> anchors) {
    this.anchors =
        anchors.stream().collect(Collectors.toMap(Anchor::sequence, Anchor::hash, (a, b) -> a));
  }

  void setAside(String name) {
    problem(name + " was damaged: the node could not continue it");
  }

  void file(Path file, boolean isNewest) throws IOException {
    String name = file.getFileName().toString();
    long number = 0;
    try (AuditFileReader reader = new AuditFileReader(file)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        number++;
        String place = name + ", line " + number;
        if (reader.isWhole()) {
          line(place, number == 1 ? AuditFiles.firstSequence(file) : 0, line);
        } else if (isNewest) {
          unfinishedBytes = line.length;
        } else {
          problem(place + ": has no end");
        }
      }
    }
    if (number == 0 && !isNewest) {
      problem(name + " is empty");
    }
  }

  private void line(String place, long named, byte[] bytes) {
    AuditLine line = AuditLine.parse(bytes).orElse(null);
    if (line == null) {
      problem(place + ": is no line of an audit stream");
      return;
    }
    if (named > 0 && line.sequence() != named) {
      problem(
          place
              + ": has sequence %d, but the file is named for another".formatted(line.sequence()));
    }
    compare(place, line);
    lines++;
    firstSequence = lines == 1 ? line.sequence() : firstSequence;
    first = lines == 1 ? line.time() : first;
    lastSequence = line.sequence();
    last = line.time();
    hash = AuditLine.hash(bytes);
    String kept = anchors.getOrDefault(line.sequence(), hash);
    if (!kept.equals(hash)) {
      problem(place + ": has another hash than the one that was kept of it");
    }
  }

  private void compare(String place, AuditLine line) {
    boolean isBehindRemoved = lines == 0 && line.sequence() > 1;
    if (isBehindRemoved) {
      return;
    }
    if (line.sequence() != lastSequence + 1) {
      problem(
          place + ": has sequence %d where %d is due".formatted(line.sequence(), lastSequence + 1));
    }
    if (!line.previous().equals(hash)) {
      problem(place + ": does not follow the line before it; one of them was changed or removed");
    }
  }

  private void problem(String text) {
    if (problems.size() < AuditProof.PROBLEMS_MAX) {
      problems.add(text);
    } else {
      moreProblems++;
    }
  }

  /** Lines that were removed at the end leave no break, but are missed by whoever kept a hash. */
  private void missed(long sequence) {
    if (sequence > lastSequence) {
      problem("line %d is missing: the stream ends at %d".formatted(sequence, lastSequence));
    } else if (sequence < firstSequence) {
      problem("line %d is too old: the stream begins at %d".formatted(sequence, firstSequence));
    }
  }

  AuditProof proof() {
    anchors.keySet().stream().sorted().forEach(this::missed);
    return new AuditProof(
        lines,
        firstSequence,
        lastSequence,
        first,
        last,
        hash,
        problems,
        moreProblems,
        unfinishedBytes);
  }
}
