package dev.holdfast.common.failpoint;

import com.google.common.collect.Maps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and acts at the {@link FailPoint}s of this process. */
public final class FailPoints {
  /**
   * The system property that switches them on. Its value is a plan, as {@link FailPlan#parse}
   * reads; an empty one only counts.
   */
  public static final String PROPERTY = "holdfast.failpoints";

  /** The system property of a directory in which a process notes, at its end, what it reached. */
  public static final String RECORD_PROPERTY = "holdfast.failpoints.record";

  /** A constant for the compiler, which leaves nothing of a failpoint while it is false. */
  static final boolean ON = System.getProperty(PROPERTY) != null;

  private static final Logger LOG = LoggerFactory.getLogger(FailPoints.class);
  private static final Map<FailPoint, AtomicLong> COUNTS =
      Maps.toMap(EnumSet.allOf(FailPoint.class), point -> new AtomicLong());
  private static final ThreadLocal<@Nullable Script> SCRIPT = new ThreadLocal<>();
  private static final FailPlan PLAN = FailPlan.parse(System.getProperty(PROPERTY, ""));

  static {
    if (ON) {
      LOG.warn("failpoints are on: {}", PLAN);
      String directory = System.getProperty(RECORD_PROPERTY);
      if (directory != null) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> record(Path.of(directory))));
      }
    }
  }

  private FailPoints() {}

  /**
   * What is done at the failpoints that one thread reaches, in place of the plan of the process.
   */
  @FunctionalInterface
  public interface Script {
    void at(FailPoint point);
  }

  /**
   * Runs something on this thread by a script: a simulation plays all its nodes on one thread.
   *
   * @throws IllegalStateException when failpoints are off, so that the script would hear of nothing
   */
  public static void scripted(Script script, Runnable what) {
    if (!ON) {
      throw new IllegalStateException("failpoints are off: start with -D" + PROPERTY + "=");
    }
    Script before = SCRIPT.get();
    SCRIPT.set(script);
    try {
      what.run();
    } finally {
      SCRIPT.set(before);
    }
  }

  static void reached(FailPoint point) {
    long times = count(point).incrementAndGet();
    Script script = SCRIPT.get();
    if (script == null) {
      PLAN.at(point, times);
    } else {
      script.at(point);
    }
  }

  private static AtomicLong count(FailPoint point) {
    return Objects.requireNonNull(COUNTS.get(point));
  }

  private static void record(Path directory) {
    List<String> reached =
        Arrays.stream(FailPoint.values())
            .filter(point -> count(point).get() > 0)
            .map(FailPoint::name)
            .toList();
    try {
      Files.createDirectories(directory);
      Files.write(directory.resolve(ProcessHandle.current().pid() + ".txt"), reached);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
