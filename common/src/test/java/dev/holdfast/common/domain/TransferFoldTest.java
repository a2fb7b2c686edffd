package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransferFoldTest {
  private static final Transfer.Opening OPENING = new Transfer.Opening(1, "alice", "");
  private static final TransferKey KEY = new TransferKey("berlin", "t-1");
  private static final LineChange TEA_LINE =
      new LineChange("tea", 4, new StockLevel(9, 1, 3, 1, 0, StockLevel.State.ACTIVE));

  private final List<String> written = new ArrayList<>();
  private final List<@Nullable StockLevel> before = new ArrayList<>();

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
  void shouldAccountForEveryUnitOfALine() {
    TransferLine line = new TransferLine("tea", 20, 1, 2, 3, 4);

    assertThat(line.outstanding()).isEqualTo(10);
    assertThat(line.inTransit()).isEqualTo(14);
    assertThat(line.handedOver(5, 1)).isEqualTo(new TransferLine("tea", 20, 1, 3, 3, 9));
    assertThat(line.arrived(3)).isEqualTo(new TransferLine("tea", 20, 4, 2, 3, 1));
    assertThat(line.turnedBack(3)).isEqualTo(new TransferLine("tea", 20, 1, 2, 3, 1));
    assertThat(line.cancelledRest()).isEqualTo(new TransferLine("tea", 20, 1, 2, 13, 4));
  }

  /** The sum of the last two overflows. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 0",
    "1000000000001, 0, 0, 0, 0",
    "4, -1, 0, 0, 0",
    "4, 0, -1, 0, 0",
    "4, 0, 0, -1, 0",
    "4, 0, 0, 0, -1",
    "4, 3, 1, 0, 1",
    "4, 1, 1, 1, 2",
    "4, 0, 0, 3, 2",
    "4, 9223372036854775807, 1, 0, 0",
    "4, 0, 0, 1, 9223372036854775807"
  })
  void shouldRefuseALineOfWhichMoreLeftThanCame(
      long shipped, long received, long lost, long cancelled, long arriving) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransferLine("tea", shipped, received, lost, cancelled, arriving))
        .withMessageStartingWith("impossible line");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0, 0",
    "1000000000000, 0, 0, 0, 0",
    "4, 4, 0, 0, 0",
    "4, 0, 4, 0, 0",
    "4, 0, 0, 4, 0",
    "4, 0, 0, 0, 4",
    "4, 1, 1, 1, 1"
  })
  void shouldHaveALineAtItsBounds(
      long shipped, long received, long lost, long cancelled, long arriving) {
    TransferLine line = new TransferLine("tea", shipped, received, lost, cancelled, arriving);

    assertThat(line.outstanding()).isEqualTo(shipped - received - lost - cancelled - arriving);
  }

  @Test
  void shouldCountHandoversUpAndSettleThemInTurn() {
    OutboundChannel two = OutboundChannel.NONE.withOneMore().withOneMore();

    assertThat(two).isEqualTo(new OutboundChannel(2, 0, 0));
    assertThat(two.withNextSettled(5).withNextSettled(3)).isEqualTo(new OutboundChannel(2, 2, 8));
  }

  @Test
  void shouldNotSettleWhatWasNotHandedOver() {
    assertThatIllegalArgumentException().isThrownBy(() -> new OutboundChannel(2, 3, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new OutboundChannel(2, -1, 0));
  }

  @Test
  void shouldShipUnitsOutOfTheSource() {
    Transfer shipped =
        Transfer.shipped("oslo", 1, List.of(TransferLine.shipped("tea", 4)), OPENING);

    fold(new TransferEvent.TransferShipped(KEY, shipped, List.of(TEA_LINE)));

    assertThat(written).containsExactly("t-1 = " + shipped, "berlin tea = " + TEA_LINE.after());
    assertThat(before).containsExactly(new StockLevel(13, 1, 2, -3, 0, StockLevel.State.ACTIVE));
  }

  @Test
  void shouldHandUnitsOverAndTakeLostOnesOffWhatIsNetShipped() {
    Transfer after =
        Transfer.shipped("oslo", 1, List.of(TransferLine.shipped("tea", 9)), OPENING)
            .changed(line -> line.handedOver(5, 4), 17);
    OutboundChannel channel = OutboundChannel.NONE.withOneMore();
    List<MovedLine> moved = List.of(new MovedLine("tea", 5));

    fold(
        new TransferEvent.TransferHandedOver(
            KEY,
            after,
            new TransferEvent.TransferHandedOver.Sent(channel, moved),
            List.of(TEA_LINE)));

    assertThat(written)
        .containsExactly(
            "t-1 = " + after,
            "berlin tea = " + TEA_LINE.after(),
            "to 1: " + channel,
            "to 1, number 1: " + new Handover(KEY, "oslo", moved));
    assertThat(before).containsExactly(new StockLevel(9, 1, 2, 5, 0, StockLevel.State.ACTIVE));
  }

  @Test
  void shouldSendNothingWhenAllIsLost() {
    Transfer after =
        Transfer.shipped("oslo", 1, List.of(TransferLine.shipped("tea", 4)), OPENING)
            .changed(line -> line.handedOver(0, 4), 17);

    fold(new TransferEvent.TransferHandedOver(KEY, after, null, List.of(TEA_LINE)));

    assertThat(written).containsExactly("t-1 = " + after, "berlin tea = " + TEA_LINE.after());
  }

  @Test
  void shouldPutCancelledUnitsOnHandAgain() {
    StockLevel level = new StockLevel(7, 2, 5, 3, 1, StockLevel.State.FROZEN);
    CreditedLine line = new CreditedLine("tea", 4, level.shipped(-4), false);
    Transfer after =
        Transfer.shipped("oslo", 1, List.of(TransferLine.shipped("tea", 4)), OPENING)
            .changed(TransferLine::cancelledRest, 17);

    fold(new TransferEvent.TransferCancelled(KEY, after, List.of(line)));

    assertThat(written).containsExactly("t-1 = " + after, "berlin tea = " + line.after());
    assertThat(before).containsExactly(level);
  }

  @Test
  void shouldForgetAHandoverThatWasAnswered() {
    Transfer after = Transfer.shipped("oslo", 1, List.of(TransferLine.shipped("tea", 4)), OPENING);
    OutboundChannel channel = new OutboundChannel(9, 7, 4);

    fold(new TransferEvent.HandoverSettled(KEY, after, channel, true));

    assertThat(written)
        .containsExactly("t-1 = " + after, "to 1: " + channel, "to 1, number 7: gone");
  }

  @Test
  void shouldPutUnitsOnHandAtTheDestination() {
    StockLevel level = new StockLevel(7, 2, 5);
    CreditedLine line = new CreditedLine("tea", 4, level.shipped(-4), false);
    InboundChannel channel = InboundChannel.NONE.credited(4, 0);

    fold(new TransferEvent.TransferCredited(KEY, 3, channel, "oslo", List.of(line)));
    fold(
        new TransferEvent.TransferCreditRefused(
            KEY, 2, channel, "oslo", new Rejection.QuantityLimit("tea", 4, 7)));

    assertThat(written)
        .containsExactly("oslo tea = " + line.after(), "from 3: " + channel, "from 2: " + channel);
    assertThat(before).containsExactly(level);
  }

  private void fold(Event event) {
    Origin origin = new Origin("request-1", "alice");
    new RecordedEvent(event, origin, "", "", 0).foldInto(new Written(), 1);
  }

  private final class Written extends IgnoredChanges {
    @Override
    public void putStock(StockKey item, @Nullable StockLevel told, StockLevel level) {
      before.add(told);
      written.add(item.store() + " " + item.sku() + " = " + level);
    }

    @Override
    public void putTransfer(TransferKey key, Transfer transfer) {
      written.add(key.transferId() + " = " + transfer);
    }

    @Override
    public void putHandover(HandoverKey key, Handover handover) {
      written.add(
          "to %d, number %d: %s".formatted(key.destinationPartition(), key.number(), handover));
    }

    @Override
    public void removeHandover(HandoverKey key) {
      written.add("to %d, number %d: gone".formatted(key.destinationPartition(), key.number()));
    }

    @Override
    public void putOutbound(int destinationPartition, OutboundChannel channel) {
      written.add("to " + destinationPartition + ": " + channel);
    }

    @Override
    public void putInbound(int sourcePartition, InboundChannel channel) {
      written.add("from " + sourcePartition + ": " + channel);
    }
  }

  @Test
  void shouldForgetRefusedNumbersWhenTheSourceKnows() {
    InboundChannel channel = InboundChannel.NONE.refused(0).credited(5, 0).refused(0);

    assertThat(channel).isEqualTo(new InboundChannel(3, List.of(1L, 3L), 5));
    assertThat(channel.credited(2, 1)).isEqualTo(new InboundChannel(4, List.of(3L), 7));
    assertThat(channel.credited(2, 2)).isEqualTo(new InboundChannel(4, List.of(3L), 7));
  }
}
