package dev.holdfast.store.feed;

import dev.holdfast.store.state.export.PinnedState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The open exports of a node. Each keeps RocksDB from forgetting what it replaces, so there are few
 * and those that nobody reads are let go. For any thread.
 */
public final class Exports implements AutoCloseable {
  /** Exports that a node keeps open. */
  static final int OPEN_MAX = 8;

  /** How long an export is kept that nobody reads. */
  static final Duration IDLE_MAX = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private final Map<String, Export> open = new HashMap<>();
  private boolean closed;

  public Exports(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Pins what a replica has applied; null when too many exports are open. */
  synchronized @Nullable Export open(Supplier<PinnedState> pin) {
    if (closed || open.size() == OPEN_MAX) {
      return null;
    }
    Export export = new Export(UUID.randomUUID().toString(), pin.get(), nanoTime.getAsLong());
    open.put(export.id(), export);
    return export;
  }

  /**
   * Reads an export, which does not expire meanwhile. Null when it is gone, also when its replica
   * let go of the records.
   */
  <T> @Nullable T read(String id, Function<PinnedState, T> reading) {
    Export export = enter(id);
    if (export == null) {
      return null;
    }
    try {
      return reading.apply(export.records());
    } catch (PinnedState.ReleasedException replaced) {
      close(id);
      return null;
    } finally {
      export.leave(nanoTime.getAsLong());
    }
  }

  /** What of an export is read before it is asked for; null when the export is gone. */
  synchronized @Nullable ReadAhead ahead(String id) {
    Export export = open.get(id);
    return export == null ? null : export.ahead();
  }

  private synchronized @Nullable Export enter(String id) {
    Export export = open.get(id);
    if (export != null) {
      export.enter();
    }
    return export;
  }

  void close(String id) {
    Export export = remove(id);
    if (export != null) {
      export.records().close();
    }
  }

  private synchronized @Nullable Export remove(String id) {
    return open.remove(id);
  }

  /** Lets go of what nobody reads. Run by a timer. */
  public void expire() {
    removeIdle().forEach(export -> export.records().close());
  }

  private synchronized List<Export> removeIdle() {
    long now = nanoTime.getAsLong();
    List<Export> idle = new ArrayList<>(open.values());
    idle.removeIf(export -> !export.isIdle(now, IDLE_MAX.toNanos()));
    idle.forEach(export -> open.remove(export.id()));
    return idle;
  }

  public synchronized int count() {
    return open.size();
  }

  /** Lets go of all; none can be opened any more. */
  @Override
  public void close() {
    removeAll().forEach(export -> export.records().close());
  }

  private synchronized List<Export> removeAll() {
    closed = true;
    List<Export> all = List.copyOf(open.values());
    open.clear();
    return all;
  }
}
