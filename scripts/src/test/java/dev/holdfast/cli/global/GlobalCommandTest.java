package dev.holdfast.cli.global;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GlobalCommandTest {
  private final FakeView view = new FakeView();
  private final FakeCluster aggregator = new FakeCluster(view);

  @BeforeEach
  void fill() {
    view.put("CUP", 0, Map.of("Rome", 0L));
    view.put("MUG", 0, Map.of("Oslo", 5L, "Rome", 0L));
    view.put("POT", 0, Map.of("Oslo", 50L));
    view.put("TEA-1", 0, Map.of("Rome", 7L));
    view.put("TEA-2", 3, Map.of("Rome", 70L));
  }

  @AfterEach
  void close() {
    aggregator.close();
  }

  @Test
  void shouldReadManySkus() {
    CliRun run = run("get", "MUG", "POT", "-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            sku,store,on_hand,reserved,available,reservable,unmet_times,unmet_units,parked_changes,in_transit,age_millis
            MUG,Oslo,5,0,5,5,,,,,800
            MUG,Rome,0,0,0,0,,,,,800
            MUG,,5,0,5,5,2,9,0,0,800
            POT,Oslo,50,0,50,50,,,,,800
            POT,,50,0,50,50,2,9,0,0,800
            """);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void shouldAskInPartsForWhatIsTooLargeForOneAnswer() {
    String whole = run("get", "MUG", "POT", "TEA-1", "PAN", "-o", "csv").out();
    view.answerOnly(1);

    CliRun run = run("get", "MUG", "POT", "TEA-1", "PAN", "-o", "csv");

    assertThat(run.out()).isEqualTo(whole).contains("TEA-1,,7");
    assertThat(run.err()).contains("no store has SKU 'PAN'");
  }

  @Test
  void shouldNameSkusThatNoStoreHas() {
    CliRun run = run("get", "POT", "PAN", "-o", "csv");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("POT,,50");
    assertThat(run.err()).contains("no store has SKU 'PAN'");
  }

  @Test
  void shouldGoOnBehindShortPages() {
    assertThat(skus("--all")).containsExactly("CUP", "MUG", "POT", "TEA-1", "TEA-2");
    assertThat(skus("--prefix", "TEA-")).containsExactly("TEA-1", "TEA-2");
    assertThat(skus("--below", "6")).containsExactly("CUP", "MUG");
    assertThat(skus("--sold-out")).containsExactly("CUP");
    assertThat(skus("--sold-out", "--store", "Rome")).containsExactly("CUP", "MUG");
    assertThat(skus("--largest", "2")).containsExactly("TEA-2", "POT");
  }

  @Test
  void shouldSayThatThereIsMore() {
    CliRun run = run("list", "--limit", "3", "-o", "csv");

    assertThat(run.out().lines()).hasSize(4);
    assertThat(run.err()).contains("--all lists all");
  }

  @Test
  void shouldShowTheStoreAndTheUnmetDemandThatWereAskedFor() {
    CliRun run = run("list", "--store", "Oslo", "--unmet", "--all", "-o", "csv");

    assertThat(run.out())
        .isEqualTo(
            """
            sku,on_hand,reserved,available,reservable,store,store_on_hand,store_reserved,store_available,store_reservable,unmet_times,unmet_units,in_transit,age_millis
            MUG,5,0,5,5,Oslo,5,0,5,5,2,9,0,800
            POT,50,0,50,50,Oslo,50,0,50,50,2,9,0,800
            """);
  }

  @Test
  void shouldKeepTheColumnsThatScriptsRelyOn() {
    assertThat(run("list", "--all", "-o", "csv").out())
        .startsWith("sku,on_hand,reserved,available,reservable,in_transit,age_millis\n");
  }

  @Test
  void shouldSayWhyNumbersMayBeWrong() {
    view.distrust("differs at 9");

    CliRun run = run("list", "--all");

    assertThat(run.err())
        .contains("partition 0 is not to be trusted now: differs at 9; see: holdfast sync status")
        .contains("1 SKUs lack parked changes; see: holdfast dlq list")
        .containsOnlyOnce("not to be trusted");
  }

  @Test
  void shouldTellAnAgeThatMatters() {
    assertThat(run("get", "MUG").err()).doesNotContain("age");

    view.grow(7_384_000);
    for (String[] command : new String[][] {{"get", "MUG"}, {"list"}}) {
      CliRun run = run(command);
      assertThat(run.err())
          .containsOnlyOnce("the age of partition 0 is 2 h 3 min: newer events may be missing");
      assertThat(run.out()).doesNotContain("AGE_MILLIS");
    }
    assertThat(run("get", "MUG", "-o", "json").out()).contains("\"age_millis\":7384000");

    view.grow(-1);
    assertThat(run("list").err()).contains("the age of partition 0 is not known");
    assertThat(run("get", "MUG", "-o", "json").out()).contains("\"age_millis\":null");
  }

  @Test
  void shouldRefuseWrongUsage() {
    assertThat(run("get").code()).isEqualTo(2);
    assertThat(run("list", "--below", "-1").code()).isEqualTo(2);
    assertThat(run("list", "--below", "5", "--sold-out").err()).contains("give one of them");
    assertThat(run("get", "A", "--wait-for", "x").err()).contains("not PARTITION:SEQUENCE");
  }

  private List<String> skus(String... options) {
    String[] arguments =
        Stream.of(Stream.of("list"), Stream.of(options), Stream.of("-o", "csv"))
            .flatMap(part -> part)
            .toArray(String[]::new);
    return run(arguments).out().lines().skip(1).map(line -> line.split(",", -1)[0]).toList();
  }

  private CliRun run(String... arguments) {
    return CliRun.of(
        Stream.of(
                Stream.of("global"),
                Stream.of(arguments),
                Stream.of("--aggregator", aggregator.address()))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }
}
