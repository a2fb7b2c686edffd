package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.LogEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place in a partition's log.
 *
 * @param entry null when no log was given
 * @param ops the calls that asked for it: one, or all with its key; none when the system did
 */
record Step(long sequence, @Nullable LogEntry entry, List<Op> ops) {
  /** It cannot have happened before the first of them was sent. */
  long begin() {
    long begin = Call.NEVER;
    for (Op op : ops) {
      begin = Math.min(begin, op.begin());
    }
    return begin;
  }

  /** It had happened when the first caller was told of it. */
  long end() {
    long end = Call.NEVER;
    for (Op op : ops) {
      if (op.isTold()) {
        end = Math.min(end, op.end());
      }
    }
    return end;
  }
}
