package dev.holdfast.common.disk;

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
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final int STICKY = 01000;

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
