package dev.holdfast.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.FailedException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerProcessesTest {
  @Test
  void shouldAddUserAndSystemTimeWhateverTheCommandIsCalled() {
    String stat = "4711 (a) b (c)) S 1 2 3 0 -1 4194560 5 6 7 8 1234 66 9 10 20 0 30 0 99 1 2";

    assertThat(ServerProcesses.cpuMicros(stat)).isEqualTo((1234 + 66) * 10_000L);
  }

  @Test
  void shouldFindTheBytesThatWentToTheDisk() {
    String io = "rchar: 1\nwchar: 2\nsyscr: 3\nread_bytes: 4\nwrite_bytes: 4096\n";

    assertThat(ServerProcesses.bytesWritten(io)).isEqualTo(4096);
  }

  @Test
  void shouldNameAProcessThatIsNotThere() {
    assertThatThrownBy(() -> ServerProcesses.of(List.of(999_999_999L)))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("999999999");
  }
}
