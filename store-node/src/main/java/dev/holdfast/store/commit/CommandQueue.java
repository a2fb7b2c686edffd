package dev.holdfast.store.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that wait to be decided, bounded by number and by bytes, or by one call: when nothing
 * waits, any call is taken, for one that is larger than the bounds would never be. Safe for many
 * callers.
 */
final class CommandQueue {
  private final int commandsMax;
  private final long bytesMax;
  private final ArrayDeque<QueuedCommand> waiting = new ArrayDeque<>();
  private long bytes;
  private volatile int size;
  private volatile long sizeBytes;

  CommandQueue(int commandsMax, long bytesMax) {
    this.commandsMax = commandsMax;
    this.bytesMax = bytesMax;
  }

  /** Takes all commands of a call, or none when there is no room. */
  synchronized boolean offer(List<QueuedCommand> commands) {
    long more = 0;
    for (QueuedCommand command : commands) {
      more += command.bytes();
    }
    boolean full = size + commands.size() > commandsMax || bytes + more > bytesMax;
    if (full && !waiting.isEmpty()) {
      return false;
    }
    waiting.addAll(commands);
    bytes += more;
    resized();
    return true;
  }

  /** The oldest commands, in order, up to a number and a number of bytes, but at least one. */
  synchronized List<QueuedCommand> drain(int countMax, long drainBytesMax) {
    List<QueuedCommand> drained = new ArrayList<>(Math.min(countMax, waiting.size()));
    long taken = 0;
    while (!waiting.isEmpty() && drained.size() < countMax) {
      int next = waiting.peekFirst().bytes();
      if (!drained.isEmpty() && taken + next > drainBytesMax) {
        break;
      }
      taken += next;
      drained.add(waiting.removeFirst());
    }
    bytes -= taken;
    resized();
    return drained;
  }

  /** Puts drained commands back before all others, in their order, over the bound if need be. */
  synchronized void putBack(List<QueuedCommand> drained) {
    for (int i = drained.size() - 1; i >= 0; i--) {
      waiting.addFirst(drained.get(i));
      bytes += drained.get(i).bytes();
    }
    resized();
  }

  private void resized() {
    size = waiting.size();
    sizeBytes = bytes;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** About what the commands take in batches. */
  long bytes() {
    return sizeBytes;
  }
}
