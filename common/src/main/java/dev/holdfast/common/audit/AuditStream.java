package dev.holdfast.common.audit;

import dev.holdfast.common.audit.AuditWriter.Timed;
import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ConfigException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from any thread, none of which ever waits, and writes them on a thread of its own;
 * once a second, it makes sure that they survive a crash. What finds no room is counted, and the
 * count stands in the stream.
 */
public final class AuditStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditStream.class);
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LINES_AT_ONCE = 1_000;
  private static final long STOP_MILLIS_MAX = 10_000;
  private static final Timed WAKE_UP =
      new Timed(AuditEvent.ofNode(AuditKind.STOPPED, AuditOutcome.DONE, Map.of()), Instant.EPOCH);

  private final InstantSource clock;
  private final AuditWriter writer;
  private final AuditLimits limits;
  private final BlockingQueue<Timed> waiting;
  private final int refusalsWaitingMax;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong noRoom = new AtomicLong();
  private final AtomicLong notWritten = new AtomicLong();
  private final Thread thread = new Thread(this::run, "audit");
  private volatile boolean isClosing;
  private volatile @Nullable String failure;
  private boolean hasFailed;
  private long lostSaid;

  AuditStream(AuditKeys keys, AuditWriter writer, InstantSource clock, MeterRegistry registry) {
    this.clock = clock;
    this.writer = writer;
    this.limits = new AuditLimits(keys.refusalsPerSecond(), keys.actionsPerSecond());
    this.waiting = new ArrayBlockingQueue<>(keys.queueMax());
    this.refusalsWaitingMax = keys.queueMax() / 4 * 3;
    measure(registry);
  }

  /** Begins to write. */
  AuditStream begin() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /**
   * Continues the stream of a node, or begins it.
   *
   * @throws ConfigException if its directory cannot be written
   */
  public static AuditStream start(
      AuditKeys keys, Path dataDir, String node, MeterRegistry registry, InstantSource clock) {
    Path directory = dataDir.resolve(keys.dir());
    AuditWriter.Bounds bounds =
        new AuditWriter.Bounds(
            keys.fileBytes().bytes(), keys.fileAge(), keys.filesMax(), keys.bytesMax().bytes());
    try {
      AuditWriter writer = AuditWriter.open(directory, node, bounds, clock.instant());
      LOG.info(
          "the audit stream in {} goes on at line {}, whose hash is {}",
          directory,
          writer.lastSequence(),
          writer.lastHash());
      return new AuditStream(keys, writer, clock, registry).begin();
    } catch (IOException e) {
      throw new ConfigException(
          "cannot write the audit stream in " + directory + " (" + e + "); see holdfast.audit.dir",
          e);
    }
  }

  private void measure(MeterRegistry registry) {
    FunctionCounter.builder("holdfast.audit.lines", written, AtomicLong::doubleValue)
        .description("lines of the audit stream that were written")
        .register(registry);
    lost(registry, "no_room", noRoom);
    lost(registry, "not_written", notWritten);
  }

  private static void lost(MeterRegistry registry, String reason, AtomicLong count) {
    FunctionCounter.builder("holdfast.audit.lost", count, AtomicLong::doubleValue)
        .description("lines that the audit stream lacks, since it had no room or the disk failed")
        .tag("reason", reason)
        .register(registry);
  }

  /** Takes an event, which happened now. Returns at once, whatever becomes of it. */
  public void record(AuditEvent event) {
    if (limits.takes(event)) {
      put(event);
    }
  }

  /** Refusals leave room for what was done: everyone can cause them. */
  private void put(AuditEvent event) {
    boolean hasRoom =
        event.outcome() != AuditOutcome.REFUSED || waiting.size() < refusalsWaitingMax;
    if (isClosing || !hasRoom || !waiting.offer(new Timed(event, clock.instant()))) {
      noRoom.incrementAndGet();
    }
  }

  private void run() {
    long tickNanos = System.nanoTime();
    while (!isClosing) {
      writeWaiting(TICK_NANOS - (System.nanoTime() - tickNanos));
      if (System.nanoTime() - tickNanos >= TICK_NANOS) {
        tickNanos = System.nanoTime();
        endSecond();
      }
    }
    while (!waiting.isEmpty()) {
      writeWaiting(0);
    }
    endSecond();
    write(List.of(new Timed(WAKE_UP.event(), clock.instant())));
    end();
  }

  private void writeWaiting(long waitNanos) {
    List<Timed> events = new ArrayList<>();
    try {
      Timed first = waiting.poll(Math.max(0, waitNanos), TimeUnit.NANOSECONDS);
      if (first != null) {
        events.add(first);
        waiting.drainTo(events, LINES_AT_ONCE);
      }
    } catch (InterruptedException e) { // nobody does that: an interrupt would close the file
      isClosing = true;
    }
    events.removeIf(event -> event.event().kind() == AuditKind.STOPPED);
    write(events);
  }

  private void endSecond() {
    hasFailed = false;
    Instant now = clock.instant();
    write(limits.sumUp().stream().map(sum -> new Timed(sum, now)).toList());
    long lost = noRoom.get() + notWritten.get();
    if (lost > lostSaid && append(List.of(new Timed(lost(lost - lostSaid), now)))) {
      lostSaid = lost;
    }
    sync();
    if (!hasFailed) {
      failure = null;
    }
  }

  private static AuditEvent lost(long lines) {
    return AuditEvent.ofNode(
        AuditKind.LOST, AuditOutcome.FAILED, Map.of("lines", Long.toString(lines)));
  }

  private void write(List<Timed> events) {
    if (!append(events)) {
      notWritten.addAndGet(events.size());
    }
  }

  private boolean append(List<Timed> events) {
    try {
      writer.append(events);
      written.addAndGet(events.size());
      return true;
    } catch (IOException | RuntimeException e) {
      failed(e);
      return false;
    }
  }

  private void sync() {
    try {
      writer.sync();
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void failed(Exception e) {
    if (failure == null) {
      LOG.error("cannot write the audit stream", e);
    }
    failure = "the audit stream cannot be written: " + e;
    hasFailed = true;
  }

  private void end() {
    try {
      writer.close();
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Why lines cannot be written now; null while they can. */
  public @Nullable String problem() {
    return failure;
  }

  /** Writes what waits, and ends the stream. */
  @Override
  public void close() {
    isClosing = true;
    var unused = waiting.offer(WAKE_UP);
    try {
      thread.join(STOP_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
