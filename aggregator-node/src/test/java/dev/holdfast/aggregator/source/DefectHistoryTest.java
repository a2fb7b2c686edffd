package dev.holdfast.aggregator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.ingest.FeedDefect;
import org.junit.jupiter.api.Test;

class DefectHistoryTest {
  private final DefectHistory history = new DefectHistory(3);

  @Test
  void shouldNotBelieveOneReplica() {
    assertThat(history.add("node-a", gap())).isEmpty();
    assertThat(history.add("node-a", gap())).isEmpty();
  }

  @Test
  void shouldBelieveTwoReplicas() {
    history.add("node-a", gap());

    assertThat(history.add("node-b", gap()).orElseThrow()).contains("node-a", "node-b", "missing");
  }

  @Test
  void shouldBelieveTheOnlyReplica() {
    assertThat(new DefectHistory(1).add("node-a", gap())).isPresent();
  }

  @Test
  void shouldForgetWhenTheFeedGotFurther() {
    history.add("node-a", gap());
    history.clear();

    assertThat(history.add("node-b", gap())).isEmpty();
  }

  @Test
  void shouldTakeBeingBehindForADefectOnlyOfAllReplicas() {
    FeedDefect behind = new FeedDefect(FeedDefect.Kind.AHEAD_OF_LOG, "next is 3");

    assertThat(history.add("node-a", behind)).isEmpty();
    assertThat(history.add("node-b", behind)).isEmpty();
    assertThat(history.add("node-c", behind)).isPresent();
  }

  private static FeedDefect gap() {
    return new FeedDefect(FeedDefect.Kind.GAP, "after 3 came 5");
  }
}
