package dev.holdfast.deploy.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.deploy.shims.Needed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopDiskIT {
  private static final long BYTES = 64L << 20;
  private static final int LENGTH = 4_096;

  private final LoopDisk disk = new LoopDisk(BYTES);

  @BeforeEach
  void make() {
    Needed.orSkip(LoopDisk.missing());
    disk.make();
  }

  @AfterEach
  void remove() {
    disk.close();
  }

  @Test
  void shouldKeepExactlyWhatWasSynced() throws IOException {
    Path file = disk.directory().resolve("synced-in-part");
    append(file, true);
    append(file, false);
    append(disk.directory().resolve("not-synced"), false);
    assertThat(names()).containsExactly("not-synced", "synced-in-part");

    disk.cutPower();
    assertThatThrownBy(() -> append(file, true)).hasMessageContaining("Input/output error");
    disk.restorePower();

    assertThat(names()).containsExactly("synced-in-part");
    assertThat(Files.size(file)).isEqualTo(LENGTH);
    append(file, true);
    assertThat(Files.size(file)).isEqualTo(2 * LENGTH);
  }

  @Test
  void shouldLeaveNothingBehind() throws IOException {
    Path root = disk.directory().resolve("../..").normalize();
    disk.cutPower();

    disk.close();

    assertThat(root).doesNotExist();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(root.toString());
    try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
      List<Path> backing = devices.map(device -> device.resolve("loop/backing_file")).toList();
      for (Path each : backing) {
        assertThat(Files.exists(each) ? Files.readString(each) : "")
            .doesNotContain(root.toString());
      }
    }
  }

  private static void append(Path file, boolean synced) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.allocate(LENGTH));
      if (synced) {
        channel.force(true);
        try (FileChannel directory = FileChannel.open(file.getParent())) {
          directory.force(true);
        }
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(disk.directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
