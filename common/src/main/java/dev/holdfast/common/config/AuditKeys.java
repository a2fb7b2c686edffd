package dev.holdfast.common.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Keys of the audit stream. */
public interface AuditKeys {
  @Doc("directory of the audit stream, relative to data-dir unless absolute; created when missing")
  @WithDefault("audit")
  Path dir();

  @Doc("size at which a file of the audit stream ends and the next begins")
  @WithDefault("16MiB")
  @Range(min = "64KiB", max = "1GiB")
  ByteSize fileBytes();

  @Doc("age at which a file of the audit stream ends and the next begins")
  @WithDefault("1d")
  @Range(min = "1m", max = "365d")
  Duration fileAge();

  @Doc("maximum number of files of the audit stream; the oldest are removed first")
  @WithDefault("400")
  @Range(min = "2", max = "100000")
  int filesMax();

  @Doc("maximum bytes of all files of the audit stream; the oldest are removed first")
  @WithDefault("1GiB")
  @Range(min = "1MiB", max = "1TiB")
  ByteSize bytesMax();

  @Doc("refusals per second, principal and address that get a line each; others are counted")
  @WithDefault("10")
  @Range(min = "1", max = "10000")
  int refusalsPerSecond();

  @Doc("actions per second, principal and address that get a line each; others are counted")
  @WithDefault("100")
  @Range(min = "1", max = "10000")
  int actionsPerSecond();

  @Doc("maximum number of lines that wait to be written; more are counted and left out")
  @WithDefault("10000")
  @Range(min = "100", max = "1000000")
  int queueMax();

  /** Checks the relations between these keys. */
  static void check(AuditKeys audit, ConfigProblems problems) {
    problems.require(
        audit.fileBytes().bytes() <= audit.bytesMax().bytes() / 2,
        "holdfast.audit.bytes-max must be at least twice holdfast.audit.file-bytes");
  }
}
