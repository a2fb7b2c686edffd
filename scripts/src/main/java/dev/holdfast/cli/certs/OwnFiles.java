package dev.holdfast.cli.certs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.cli.FailedException;
import dev.holdfast.common.disk.OwnDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Set;

/**
 * The files of a directory to which nobody but its user may write. One process at a time changes
 * them, and each is written whole or not at all.
 */
final class OwnFiles implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final Set<PosixFilePermission> SECRET =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PUBLIC =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path directory;
  private final FileChannel lock;

  private OwnFiles(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Opens a directory for changes; waits for another process that changes it. */
  static OwnFiles open(Path directory) throws IOException {
    requireOwn(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var unused = channel.lock();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new OwnFiles(directory, channel);
  }

  /** The same; makes the directory when it is missing. */
  static OwnFiles make(Path directory) throws IOException {
    OwnDirectory.make(directory);
    return open(directory);
  }

  /** Whoever may write here may put an authority of his own in. */
  static void requireOwn(Path directory) throws IOException {
    if (!isPosix(directory)) {
      return;
    }
    if (!isOwner(directory)) {
      throw new FailedException(directory + " belongs to another user; choose another --dir");
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(directory);
    if (rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new FailedException(
          "others may write to %s: choose another --dir, or chmod go-w that one"
              .formatted(directory));
    }
  }

  private static boolean isPosix(Path directory) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static boolean isOwner(Path directory) throws IOException {
    try {
      return Files.getOwner(directory)
          .equals(
              directory
                  .getFileSystem()
                  .getUserPrincipalLookupService()
                  .lookupPrincipalByName(System.getProperty("user.name")));
    } catch (UserPrincipalNotFoundException nameless) { // as some containers run
      return true;
    }
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  boolean has(String name) {
    return Files.exists(path(name));
  }

  String read(String name) throws IOException {
    return Files.readString(path(name));
  }

  void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  /** Writes a file that everybody may read who may enter the directory. */
  void write(String name, String text) throws IOException {
    write(name, text, PUBLIC);
  }

  void writeSecret(String name, String text) throws IOException {
    write(name, text, SECRET);
  }

  private void write(String name, String text, Set<PosixFilePermission> rights) throws IOException {
    Path temporary = Files.createTempFile(directory, "." + name, ".new"); // only for its owner
    try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      if (isPosix(directory)) {
        Files.setPosixFilePermissions(temporary, rights);
      }
      out.force(true);
      Files.move(temporary, path(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    sync();
  }

  /** A new name lasts once its directory is synced; not every system can do that. */
  private void sync() throws IOException {
    if (isPosix(directory)) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
