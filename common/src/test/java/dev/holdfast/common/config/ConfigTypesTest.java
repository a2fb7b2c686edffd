package dev.holdfast.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigTypesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0B",
    "1000, 1000, 1000B",
    "64MiB, 67108864, 64MiB",
    "8 GiB, 8589934592, 8GiB",
    "2048KiB, 2097152, 2MiB",
    "3TiB, 3298534883328, 3TiB",
    "17B, 17, 17B"
  })
  void shouldReadAndWriteSizes(String text, long bytes, String written) {
    assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5GiB", "5MB", "GiB", "9999999999TiB"})
  void shouldRefuseWhatIsNoSize(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldCompareSizes() {
    assertThat(ByteSize.parse("1MiB")).isGreaterThan(ByteSize.parse("1023KiB"));
  }

  @ParameterizedTest
  @CsvSource({"1500ms, 1500", "30s, 30000", "10 m, 600000", "24h, 86400000", "7d, 604800000"})
  void shouldReadDurations(String text, long millis) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "1.5s", "PT5S", "5 weeks"})
  void shouldRefuseWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> DurationText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadTheNodesInOrder() {
    ClusterNodes nodes =
        ClusterNodes.parse("node-b=10.0.0.2:7102/10.0.0.2:7202, node-a=[::1]:7101/host:7201");

    assertThat(nodes.ids()).containsExactly("node-b", "node-a");
    assertThat(nodes.find("node-a")).contains(new NodeAddress("node-a", "::1", 7101, "host", 7201));
    assertThat(nodes.find("node-a").orElseThrow().grpcAddress()).isEqualTo("[::1]:7101");
    assertThat(nodes.find("node-b").orElseThrow().raftAddress()).isEqualTo("10.0.0.2:7202");
    assertThat(nodes.find("node-c")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          node-a                            | must be a comma list of id=host:port/host:port
          node-a=h:1                        | must be a comma list of id=host:port/host:port
          node a=h:1/h:2                    | must be a comma list of id=host:port/host:port
          a=h:1/h:2,                        | must be a comma list of id=host:port/host:port
          a=h/h:2                           | must name host and port, not 'h'
          a=h:0/h:2                         | must name host and port, not 'h:0'
          a=h:1/h:2,a=h:3/h:4               | names the node 'a' twice
          a=h:1/h:2,b=h:1/h:4               | uses the address h:1 twice
          a=h:1/h:1                         | uses the address h:1 twice
          """)
  void shouldSayWhatIsWrongWithTheNodes(String text, String problem) {
    assertThatThrownBy(() -> ClusterNodes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=h:99999/h:2", "a=:1/h:2"})
  void shouldRefuseImpossibleAddresses(String text) {
    assertThatThrownBy(() -> ClusterNodes.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadPinnedStores() {
    assertThat(PinnedStores.parse("United Kingdom=0; a=b =12").partitions())
        .isEqualTo(Map.of("United Kingdom", 0, "a=b", 12));
    assertThat(PinnedStores.parse(" ")).isEqualTo(PinnedStores.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Germany", "=1", "Germany=x", "Germany=-1", "Germany=1;", "a=1;a=2"})
  void shouldRefuseWhatIsNoPinnedTable(String text) {
    assertThatThrownBy(() -> PinnedStores.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"'', abc, 3", "kitten, sitting, 3", "same, same, 0", "ab, ba, 2"})
  void shouldMeasureHowFarWordsAreApart(String from, String to, int distance) {
    assertThat(EditDistance.between(from, to)).isEqualTo(distance);
  }
}
