package dev.holdfast.deploy.power;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.holdfast.deploy.shims.BindMount;
import dev.holdfast.deploy.shims.NativeTools;
import dev.holdfast.deploy.shims.Needed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.containers.GenericContainer;

/**
 * A disk whose power can fail: an ext4 file system in a file of this machine, for the data
 * directory of a node in a container. What was synced is there afterwards, other writes are lost. A
 * kill alone loses none, since the kernel has them all.
 *
 * <p>Needs Linux, root, loop devices, and Docker on this machine; otherwise the test is skipped. To
 * be registered before the cluster, so that it is removed after it. Used by one thread at a time.
 */
public final class LoopDisk implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final String PREFIX = "loop-disk-";
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final int COMMAND_SECONDS_MAX = 30;

  /** Otherwise the journal would save some unsynced changes every 5 s. */
  private static final String OPTIONS = "loop,noatime,commit=300";

  private final long bytes;
  private @Nullable Path root;

  /**
   * @param bytes of which only those written take room
   */
  public LoopDisk(long bytes) {
    this.bytes = bytes;
  }

  /** Why there can be none here; empty when there can. */
  public static String missing() {
    if (!NativeTools.missing().isEmpty()) {
      return NativeTools.missing();
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return "only root may mount disks";
    }
    return Files.exists(Path.of("/dev/loop-control")) ? "" : "this machine has no loop devices";
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Needed.orSkip(missing());
    make();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Makes it, empty and with power. */
  public void make() {
    removeLeftovers();
    try {
      Path made = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
      root = made;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made)));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
      try (RandomAccessFile image = new RandomAccessFile(image(made).toFile(), "rw")) {
        image.setLength(bytes);
      }
      run("mkfs.ext4", "-q", "-F", image(made).toString());
      Files.createDirectory(mountPoint(made));
      mount(made);
      Files.createDirectory(directory());
      // The user of a container is not the user of this machine.
      Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
      run("sync", "--file-system", directory().toString());
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Its directory on this machine. */
  public Path directory() {
    return mountPoint(root()).resolve("data");
  }

  /** Mounts it into a container; before the container starts. */
  public void mountAt(String path, GenericContainer<?> container) {
    new BindMount(directory(), path, false).into(container);
  }

  /** Cuts the power of a running container and of its disk, and gives the disk power again. */
  public void failUnder(GenericContainer<?> container) {
    cutPower();
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    restorePower();
  }

  /** From here on every write fails, as does every read of what is not in memory. */
  public void cutPower() {
    run(NativeTools.file("cut-power").toString(), mountPoint(root()).toString());
  }

  /** Reads the disk anew, which replays its journal; nobody may use it meanwhile. */
  public void restorePower() {
    Path mounted = root();
    Path fileSystem = Path.of("/sys/fs/ext4", device(mountPoint(mounted)));
    run("umount", mountPoint(mounted).toString());
    // The container's own mount goes a little later than the container.
    await("the end of all uses of " + mounted).until(() -> !Files.exists(fileSystem));
    mount(mounted);
  }

  /** Unmounts it and deletes it. The containers that use it have ended. */
  @Override
  public void close() {
    Path last = root;
    root = null;
    if (last != null) {
      remove(last);
    }
  }

  private Path root() {
    if (root == null) {
      throw new IllegalStateException("the disk is not there");
    }
    return root;
  }

  private static Path image(Path root) {
    return root.resolve("image");
  }

  private static Path mountPoint(Path root) {
    return root.resolve("mounted");
  }

  private static void mount(Path root) {
    run("mount", "-o", OPTIONS, image(root).toString(), mountPoint(root).toString());
  }

  /** The name of the device that is mounted there, for example loop0; empty when none is. */
  private static String device(Path mountPoint) {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      return mounts
          .map(line -> line.split(" ", 3))
          .filter(words -> words[1].equals(mountPoint.toString()))
          .map(words -> words[0].replace("/dev/", ""))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The loop device frees itself when the last use ends. */
  private static void remove(Path root) {
    try {
      if (!device(mountPoint(root)).isEmpty()) {
        run("umount", mountPoint(root).toString());
      }
      Files.deleteIfExists(mountPoint(root));
      Files.deleteIfExists(image(root));
      Files.deleteIfExists(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes those of runs that were killed. */
  private static void removeLeftovers() {
    try (Stream<Path> entries = Files.list(TEMPORARY)) {
      entries.filter(LoopDisk::isLeftover).forEach(LoopDisk::remove);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLeftover(Path path) {
    String name = path.getFileName().toString();
    if (!name.matches(PREFIX + "\\d+-\\d+")) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(name.split("-", 4)[2])).isEmpty();
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end of " + List.of(command));
      }
      String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new IllegalStateException(List.of(command) + " failed: " + out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ran", e);
    }
  }
}
