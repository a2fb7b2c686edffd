package dev.holdfast.deploy.shims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;

/**
 * A wall clock that is off and a disk that fails, for one node in a container or one process:
 * preloaded libraries that do nothing until told otherwise, while the node runs or before. They
 * stay with a node that is killed and started again. As an extension of a test class it is
 * registered before the cluster.
 *
 * <p>A container's C library must be glibc; {@link #requireLoaded} finds out.
 */
public final class FaultShims implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final String CLOCK_LIBRARY = "libclock.so";
  private static final String DISK_LIBRARY = "libdisk.so";
  private static final String CLOCK = "clock";
  private static final String DISK = "disk";
  private static final String LIBRARIES_MOUNT = "/opt/fault-shims";
  private static final String CONTROL_MOUNT = "/opt/fault-control";

  private final Path control;

  private FaultShims(Path control) {
    this.control = control;
  }

  /** Makes them, with nothing wrong yet. */
  public static FaultShims create() {
    try {
      Path control = Files.createTempDirectory("fault-control-");
      allow(control, "rwxr-xr-x");
      return new FaultShims(control);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the tests of a class where there is no compiler. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Needed.orSkip(NativeTools.missing());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** The user of a container is not the user of this machine. */
  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** Preloads them into all programs of a container; before it starts. */
  public void addTo(GenericContainer<?> container) {
    new BindMount(NativeTools.directory(), LIBRARIES_MOUNT, true).into(container);
    new BindMount(control, CONTROL_MOUNT, true).into(container);
    container.withEnv(environment(Path.of(LIBRARIES_MOUNT), Path.of(CONTROL_MOUNT)));
  }

  /** The variables that preload them into a process on this machine. */
  public Map<String, String> environment() {
    return environment(NativeTools.directory(), control);
  }

  private static Map<String, String> environment(Path libraries, Path control) {
    String preload =
        Stream.of(CLOCK_LIBRARY, DISK_LIBRARY)
            .map(library -> libraries.resolve(library).toString())
            .collect(Collectors.joining(":"));
    return Map.of(
        "LD_PRELOAD", preload,
        "SHIM_CLOCK_FILE", control.resolve(CLOCK).toString(),
        "SHIM_DISK_FILE", control.resolve(DISK).toString());
  }

  /**
   * Fails when the first process of a running container runs without them: a loader that cannot
   * load a library only warns.
   */
  public void requireLoaded(GenericContainer<?> container) {
    String maps = firstProcessMaps(container);
    for (String library : List.of(CLOCK_LIBRARY, DISK_LIBRARY)) {
      if (!maps.contains(LIBRARIES_MOUNT + "/" + library)) {
        throw new IllegalStateException(
            "%s is not loaded in %s: is its C library glibc, and no older than what the shims need?"
                .formatted(library, container.getDockerImageName()));
      }
    }
  }

  private static String firstProcessMaps(GenericContainer<?> container) {
    try {
      Container.ExecResult result = container.execInContainer("cat", "/proc/1/maps");
      if (result.getExitCode() != 0) {
        throw new IllegalStateException("cannot see what is loaded: " + result.getStderr());
      }
      return result.getStdout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ran", e);
    }
  }

  /** Shifts the wall clock, within 10 ms; a drift starts now. */
  public void shiftClock(ClockShift shift) {
    write(CLOCK, shift.line(System.currentTimeMillis()));
  }

  /** Breaks the disk, at once; the first fault that is about a file and a call counts. */
  public void breakDisk(DiskFault... faults) {
    write(DISK, Stream.of(faults).map(DiskFault::line).collect(Collectors.joining()));
  }

  public void mendDisk() {
    breakDisk();
  }

  /** Replaces a file as a whole: who reads it must not see half of it. */
  private void write(String name, String text) {
    Path whole = control.resolve(name + ".new");
    try {
      Files.writeString(whole, text);
      allow(whole, "rw-r--r--");
      Files.move(whole, control.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the files gone, nothing is wrong any more. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(control.resolve(CLOCK));
      Files.deleteIfExists(control.resolve(DISK));
      Files.delete(control);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
