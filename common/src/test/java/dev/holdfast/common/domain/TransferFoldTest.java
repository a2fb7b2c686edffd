package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TransferFoldTest {
  private static final Transfer.Opening OPENING = new Transfer.Opening(1, "alice", "");

  @Test
  void shouldHaveNoStockBeforeAnItemThatArrivedFirst() {
    StockLevel after = new StockLevel(4, 0, 1, -4, 0, StockLevel.State.ACTIVE);

    assertThat(new CreditedLine("tea", 4, after, false).before()).isNull();
  }

  @Test
  void shouldTellTheStockBeforeUnitsArrived() {
    StockLevel before = new StockLevel(7, 2, 5, 3, 1, StockLevel.State.FROZEN);

    assertThat(new CreditedLine("tea", 4, before.shipped(-4), false).before()).isEqualTo(before);
  }

  @Test
  void shouldTellThatAnItemWasDeletedBeforeUnitsArrived() {
    StockLevel before = new StockLevel(0, 0, 5, 3, 0, StockLevel.State.DELETED);
    StockLevel after = new StockLevel(4, 0, 6, -1, 0, StockLevel.State.ACTIVE);

    assertThat(new CreditedLine("tea", 4, after, true).before()).isEqualTo(before);
  }

  @Test
  void shouldCloseATransferWhenNothingIsInTransit() {
    Transfer shipped =
        Transfer.shipped("oslo", 1, List.of(TransferLine.shipped("tea", 4)), OPENING);

    Transfer arriving = shipped.changed(line -> line.handedOver(3, 1), 17);
    Transfer arrived = arriving.changed(line -> line.arrived(3), 18);

    assertThat(arriving.isOpen()).isTrue();
    assertThat(arriving.inTransit()).isEqualTo(3);
    assertThat(arrived.isOpen()).isFalse();
    assertThat(arrived.closedAt()).isEqualTo(18);
    assertThat(arrived.version()).isEqualTo(3);
    assertThat(arrived.lines()).containsExactly(new TransferLine("tea", 4, 3, 1, 0, 0));
  }

  @Test
  void shouldRefuseALineOfWhichMoreLeftThanCame() {
    assertThatThrownBy(() -> new TransferLine("tea", 4, 3, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("impossible line");
  }

  @Test
  void shouldForgetRefusedNumbersWhenTheSourceKnows() {
    InboundChannel channel = InboundChannel.NONE.refused(0).credited(5, 0).refused(0);

    assertThat(channel).isEqualTo(new InboundChannel(3, List.of(1L, 3L), 5));
    assertThat(channel.credited(2, 2)).isEqualTo(new InboundChannel(4, List.of(3L), 7));
  }
}
