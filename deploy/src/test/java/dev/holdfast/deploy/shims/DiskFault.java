package dev.holdfast.deploy.shims;

import java.time.Duration;

/**
 * What is wrong with a disk.
 *
 * @param kind as disk.c calls it
 * @param pause that each call takes longer
 * @param path of the directory, in the container, whose files it is about
 */
public record DiskFault(String kind, Duration pause, String path) {
  private static final String ALL_FILES = "/";

  public DiskFault {
    if (!path.startsWith("/") || path.contains("\n")) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
  }

  /** A sync returns EIO, and nothing is synced. */
  public static DiskFault syncsFail() {
    return new DiskFault("sync-fails", Duration.ZERO, ALL_FILES);
  }

  public static DiskFault syncsSleep(Duration pause) {
    return new DiskFault("sync-sleeps", pause, ALL_FILES);
  }

  /** A write returns ENOSPC, and nothing is written. */
  public static DiskFault writesFail() {
    return new DiskFault("write-fails", Duration.ZERO, ALL_FILES);
  }

  public static DiskFault writesSleep(Duration pause) {
    return new DiskFault("write-sleeps", pause, ALL_FILES);
  }

  /** The same below one directory only. */
  public DiskFault below(String directory) {
    return new DiskFault(kind, pause, directory);
  }

  /** The line that disk.c reads. */
  String line() {
    return "%s %d %s\n".formatted(kind, pause.toMillis(), path);
  }
}
