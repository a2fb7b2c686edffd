package dev.holdfast.common.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.common.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnDirectoryTest {
  @TempDir private Path temporary;

  @BeforeEach
  void needModes() {
    assumeTrue(temporary.getFileSystem().supportedFileAttributeViews().contains("unix"));
  }

  @Test
  void shouldBeForItsUserOnlyWhateverTheUmask() throws IOException {
    Path parent = temporary.resolve("parent");
    Path made = parent.resolve("data");

    OwnDirectory.make(made);
    OwnDirectory.make(made);

    assertThat(mode(made)).isEqualTo("rwx------");
    assertThat(mode(parent)).isEqualTo("rwx------");
  }

  @Test
  void shouldTakeTheRightsOfOthersToOneThatWasThere() throws IOException {
    Path older = withMode("rwxr-xr-x");

    OwnDirectory.protect(older);

    assertThat(mode(older)).isEqualTo("rwx------");
  }

  @Test
  void shouldLeaveADirectoryForAllToAll() throws IOException {
    Path shared = withMode("rwxrwxrwx");
    Files.setAttribute(shared, "unix:mode", 01777);

    OwnDirectory.protect(shared);

    assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
  }

  /** Of directories that belong to others, StartUpFaultsIT: this test may run as root. */
  @Test
  void shouldSayThatADataDirectoryIsMountedReadOnly() throws Exception {
    Path mount = Files.createDirectory(temporary.resolve("data"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "ro,size=1m", "none", mount.toString()) == 0);
    try {
      assertThatThrownBy(() -> OwnDirectory.claim(mount, "lock"))
          .isInstanceOf(ConfigException.class)
          .hasMessage(mount + " is mounted read-only; mend it, or change holdfast.node.data-dir");
    } finally {
      run("umount", mount.toString());
    }
    OwnDirectory.claim(mount, "lock");
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor();
  }

  private Path withMode(String mode) throws IOException {
    Path directory = Files.createDirectory(temporary.resolve("directory"));
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path directory) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
  }
}
