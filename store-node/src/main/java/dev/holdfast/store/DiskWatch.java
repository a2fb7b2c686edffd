package dev.holdfast.store;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops new mutations before the disk is full: a log that cannot be written stops its replica for
 * good, a refusal does not. Run by a timer.
 */
final class DiskWatch implements Runnable, BooleanSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

  private final LongSupplier usableBytes;
  private final long freeBytesMin;
  private volatile boolean writable = true;

  DiskWatch(LongSupplier usableBytes, long freeBytesMin) {
    this.usableBytes = usableBytes;
    this.freeBytesMin = freeBytesMin;
  }

  @Override
  public void run() {
    long free = usableBytes.getAsLong();
    boolean enough = free >= freeBytesMin;
    if (enough != writable) {
      LOG.warn(
          "{} bytes free on the data disk, {} wanted: {}",
          free,
          freeBytesMin,
          enough ? "mutations are taken again" : "mutations are refused until there is space");
    }
    writable = enough;
  }

  /** Whether there is room for more. */
  @Override
  public boolean getAsBoolean() {
    return writable;
  }
}
