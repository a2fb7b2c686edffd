package dev.holdfast.common.disk;

import dev.holdfast.common.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Directories of a node, which are for its user only (0700), whatever the umask. */
public final class OwnDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(OwnDirectory.class);
  private static final String KEY = "holdfast.node.data-dir";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final int STICKY = 01000;
  private static final Path SELF = Path.of("/proc/self");

  private OwnDirectory() {}

  /** Makes the directory when it is missing. */
  public static void make(Path directory) throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    Files.createDirectories(directory, attributes);
  }

  /**
   * Makes a node's data directory when it is missing.
   *
   * @param files names of files in it that the node will write to, if they are there
   * @throws ConfigException in one line, when this process may not write there
   */
  public static void claim(Path directory, String... files) throws IOException {
    make(directory);
    refuseUnlessWritable(directory, directory);
    for (String file : files) {
      if (Files.exists(directory.resolve(file))) {
        refuseUnlessWritable(directory.resolve(file), directory);
      }
    }
  }

  private static void refuseUnlessWritable(Path path, Path directory) throws IOException {
    if (Files.isWritable(path)) {
      return;
    }
    if (Files.getFileStore(path).isReadOnly()) {
      throw new ConfigException(path + " is mounted read-only; mend it, or change " + KEY);
    }
    String user = user();
    throw new ConfigException(
        "user %s cannot write to %s, which belongs to %s; as root: chown -R %s %s, or change %s"
            .formatted(user, path, Files.getOwner(path).getName(), user, directory, KEY));
  }

  /** The number of the user of this process where it can be had: containers know no names. */
  private static String user() throws IOException {
    return Files.exists(SELF)
        ? Files.getAttribute(SELF, "unix:uid").toString()
        : System.getProperty("user.name", "unknown");
  }

  /** Removes the rights of others from a directory that is known to be the node's. */
  public static void protect(Path directory) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")
        || Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)
        || isShared(directory)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(directory, OWNER_ONLY);
    } catch (IOException e) { // a volume that is root's, and writable for a group
      LOG.warn(
          "others have rights to {}, and its mode cannot be changed: {}", directory, e.toString());
    }
  }

  /** A directory such as /tmp, which somebody named as a data directory. */
  private static boolean isShared(Path directory) throws IOException {
    return ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
  }
}
