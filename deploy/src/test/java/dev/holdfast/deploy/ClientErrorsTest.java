package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of errors in docs/CLIENTS.md, against the one table of answers in the code. */
class ClientErrorsTest {

  @ParameterizedTest
  @EnumSource
  void shouldTellWhatToDoAboutEveryReason(Reason reason) throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/CLIENTS.md")).stream()
            .filter(line -> line.matches("\\| `[A-Z_`, ]+` \\| [^|]*`" + reason + "`[^|]* \\|.*"))
            .toList();

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).split(" \\| ", 2)[0]).contains("`" + reason.grpcCode() + "`");
    assertThat(rows.get(0).contains("`RetryInfo`")).isEqualTo(reason.retry() == Retry.FREELY);
  }
}
