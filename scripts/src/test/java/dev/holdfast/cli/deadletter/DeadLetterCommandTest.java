package dev.holdfast.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeadLetterCommandTest {
  private final FakeDeadLetters letters = new FakeDeadLetters();
  private final FakeCluster aggregator = new FakeCluster(letters);

  @BeforeEach
  void park() {
    letters.park(11, "TEA-1");
    letters.park(12, "TEA-2");
  }

  @AfterEach
  void close() {
    aggregator.close();
  }

  @Test
  void shouldListAllPages() {
    CliRun run = run("list", "-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            id,state,partition,sequence,store,sku,attempts,parked,last_attempt,reason
            0-11-Oslo-TEA-1,parked,0,11,Oslo,TEA-1,3,2023-11-14T22:13:20Z,,no such level
            0-12-Oslo-TEA-2,parked,0,12,Oslo,TEA-2,3,2023-11-14T22:13:20Z,,no such level
            """);
    assertThat(run("list", "--sku", "TEA-2", "-o", "csv").out()).doesNotContain("TEA-1");
  }

  @Test
  void shouldShowTheEvent() {
    CliRun table = run("show", "0-11-Oslo-TEA-1");
    CliRun json = run("show", "0-11-Oslo-TEA-1", "-o", "json");

    assertThat(table.out()).contains("0-11-Oslo-TEA-1").endsWith("  on_hand: 5\n}\n");
    assertThat(json.out()).contains("\"event\":\"0a02\"", "\"event_text\":\"stock_adjusted {");
  }

  @Test
  void shouldRetryOneOrAll() {
    CliRun failed = run("retry", "0-11-Oslo-TEA-1", "-o", "csv");
    letters.mend();
    CliRun applied = run("retry", "--all", "-o", "csv");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).isEqualTo("applied,failed\n0,1\n");
    assertThat(applied.code()).isZero();
    assertThat(applied.out()).isEqualTo("applied,failed\n2,0\n");
    assertThat(run("list", "-o", "json").out()).isEmpty();
  }

  @Test
  void shouldDiscardForAReasonThatIsKept() {
    CliRun run = run("discard", "0-11-Oslo-TEA-1", "--reason", "ticket 812", "-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("applied\n2\n");
    assertThat(run("list", "-o", "csv").out()).doesNotContain("TEA-1");
    assertThat(run("list", "--discarded", "-o", "csv").out()).contains("discarded", "ticket 812");
  }

  @Test
  void shouldNameTheWayOut() {
    CliRun run = run("show", "0-1-Oslo-TEA-1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("NOT_FOUND: nothing is parked as 0-1-Oslo-TEA-1")
        .contains("see what there is: holdfast dlq list --discarded");
  }

  @Test
  void shouldRefuseWrongUsage() {
    assertThat(run("retry").code()).isEqualTo(2);
    assertThat(run("retry", "0-11-Oslo-TEA-1", "--all").code()).isEqualTo(2);
    assertThat(run("discard", "0-11-Oslo-TEA-1").code()).isEqualTo(2);
    assertThat(run("show").code()).isEqualTo(2);
  }

  private CliRun run(String... arguments) {
    return CliRun.of(
        Stream.of(
                Stream.of("dlq"),
                Stream.of(arguments),
                Stream.of("--aggregator", aggregator.address()))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }
}
