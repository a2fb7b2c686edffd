package dev.holdfast.aggregator.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TransfersProofTest {
  /** Gave three hand-overs, of 10, 2 and 4 units; the first is settled. 5 more are outstanding. */
  private static final PartitionBooks SOURCE = source(21);

  private static PartitionBooks source(long netShipped) {
    return new PartitionBooks(
        0,
        netShipped,
        11,
        Map.of(1, new PartitionBooks.Outbound(new OutboundChannel(3, 1, 10), List.of(2L, 4L))),
        Map.of());
  }

  private static PartitionBooks destination(long last, List<Long> refused, long credited) {
    InboundChannel channel = new InboundChannel(last, refused, credited);
    return new PartitionBooks(1, -credited, 0, Map.of(), Map.of(0, channel));
  }

  @Test
  void shouldNotBeEqualWhenTheSumsDiffer() {
    assertThat(new TransfersProof(5, 5, List.of()).isEqual()).isTrue();
    assertThat(new TransfersProof(5, 4, List.of()).isEqual()).isFalse();
  }

  @Test
  void shouldAgreeWhereverTheDestinationStandsBetweenSettledAndLast() {
    assertThat(prove(destination(1, List.of(), 10)))
        .isEqualTo(new TransfersProof(11, 11, List.of()));
    assertThat(prove(destination(2, List.of(), 12))).isEqualTo(new TransfersProof(9, 9, List.of()));
    assertThat(prove(destination(3, List.of(2L), 14)))
        .isEqualTo(new TransfersProof(7, 7, List.of()));
    assertThat(prove(destination(3, List.of(), 16)).isEqual()).isTrue();
  }

  private static TransfersProof prove(PartitionBooks destination) {
    assertThat(TransfersProof.tooEarly(List.of(SOURCE, destination))).isEmpty();
    return TransfersProof.of(List.of(SOURCE, destination));
  }

  @Test
  void shouldNameADoubledCredit() {
    TransfersProof proof = prove(destination(2, List.of(), 14));

    assertThat(proof.isEqual()).isFalse();
    assertThat(proof.differences())
        .containsExactly(
            "partition 1 credited 14 units through hand-over 2 of partition 0, which gave 12");
  }

  @Test
  void shouldNameAPartitionWhoseBooksDoNotBalance() {
    TransfersProof proof = TransfersProof.of(List.of(source(20), destination(2, List.of(), 12)));

    assertThat(proof.isEqual()).isFalse();
    assertThat(proof.differences())
        .containsExactly("partition 0: its stores net shipped 20, its transfers say 21");
  }

  @Test
  void shouldReadAgainWhatStandsTooEarly() {
    assertThat(TransfersProof.tooEarly(List.of(SOURCE, destination(0, List.of(), 0))))
        .containsExactly(1);
    assertThat(TransfersProof.tooEarly(List.of(SOURCE, destination(4, List.of(), 20))))
        .containsExactly(0);
  }
}
