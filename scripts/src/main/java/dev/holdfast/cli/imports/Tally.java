package dev.holdfast.cli.imports;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts outcomes. Used by one thread; other threads may read the total. */
final class Tally {
  private final Map<Key, Long> counts = new TreeMap<>();
  private final Map<Integer, Long> reached = new TreeMap<>();
  private volatile long decided;
  private long undecided;
  private long known;
  private long refused;
  private long malformed;

  /** Counts a line of a file that is only inspected. */
  void found(MovementKind kind, String outcome) {
    count(new Key(kind.name(), outcome, ""));
  }

  /** Counts an accepted line that an earlier run had sent. */
  void known() {
    known++;
  }

  void accepted(MovementKind kind) {
    count(new Key(kind.name(), "accepted", ""));
    countDecided();
  }

  void refused(MovementKind kind, String reason) {
    count(new Key(kind.name(), "refused", reason));
    refused++;
    countDecided();
  }

  void malformed() {
    count(new Key("", "malformed", ""));
    malformed++;
    countDecided();
  }

  void undecided(MovementKind kind, String reason) {
    count(new Key(kind.name(), "undecided", reason));
    undecided++;
  }

  long decided() {
    return decided;
  }

  long undecided() {
    return undecided;
  }

  /** Notes the place of an accepted line. */
  void reached(Position position) {
    reached.merge(position.getPartition(), position.getSequence(), Math::max);
  }

  /** The largest sequence of an accepted line in each partition. */
  Map<Integer, Long> reached() {
    return reached;
  }

  /** The number of accepted lines that an earlier run had sent. */
  long alreadyKnown() {
    return known;
  }

  /** The number of lines that were not taken. */
  long leftOut() {
    return refused + malformed + undecided;
  }

  List<Row> rows() {
    return counts.entrySet().stream().map(e -> new Row(e.getKey(), e.getValue())).toList();
  }

  private void count(Key key) {
    counts.merge(key, 1L, Long::sum);
  }

  /** Safe, since only one thread writes. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void countDecided() {
    decided++;
  }

  /** One line of the summary. */
  record Row(Key key, long lines) {
    static final List<Column<Row>> COLUMNS =
        List.of(
            new Column<>("operation", row -> orNull(row.key.operation())),
            new Column<>("outcome", row -> row.key.outcome()),
            new Column<>("reason", row -> orNull(row.key.reason())),
            new Column<>("lines", Row::lines));

    private static @Nullable String orNull(String text) {
      return text.isEmpty() ? null : text;
    }
  }

  record Key(String operation, String outcome, String reason) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::operation).thenComparing(Key::outcome).thenComparing(Key::reason);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }
}
