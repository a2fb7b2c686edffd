package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final ReservationKey RESERVATION = new ReservationKey("berlin", "r-1");
  private static final TransferKey TRANSFER = new TransferKey("berlin", "t-1");
  private static final List<MovedLine> MOVED =
      List.of(new MovedLine("tea", 2), new MovedLine("cup", 5));
  private static final List<Command.ReserveLine> WANTED =
      List.of(
          new Command.ReserveLine("tea", 2, 0),
          new Command.ReserveLine("cup", 1, 0),
          new Command.ReserveLine("pot", 1, 0));

  private static final Command.AdjustStock ADJUST =
      new Command.AdjustStock(TEA, -2, AdjustmentReason.SALE, 0, false);
  private static final Command.ReserveStock RESERVE =
      new Command.ReserveStock(
          RESERVATION, WANTED, ReserveMode.ALL_OR_NOTHING, new Command.HoldTerms(5, 9, ""));
  private static final TransferCommand.CreditTransfer CREDIT =
      new TransferCommand.CreditTransfer(3, 1, 0, new Handover(TRANSFER, "oslo", MOVED));

  @Test
  void shouldBelongToTheStoreThatDecides() {
    assertThat(ADJUST.store()).isEqualTo("berlin");
    assertThat(RESERVE.store()).isEqualTo("berlin");
    assertThat(new TransferCommand.CancelTransfer(TRANSFER).store()).isEqualTo("berlin");
    assertThat(CREDIT.store()).isEqualTo("oslo");
    assertThat(CREDIT.transfer()).isEqualTo(TRANSFER);
  }

  /** By this a batch is kept within its size before it is encoded. */
  @Test
  void shouldCountTheLinesThatItsEventWillHold() {
    Command replace =
        new Command.ReplaceReservation(RESERVATION, WANTED, ReserveMode.ALL_OR_NOTHING, 0);
    Command ship = new TransferCommand.ShipTransfer(TRANSFER, "oslo", 3, true, MOVED);
    Command order = new SubmitOrder("berlin", List.of(ADJUST, RESERVE));

    assertThat(ADJUST.lineCount()).isEqualTo(1);
    assertThat(RESERVE.lineCount()).isEqualTo(3);
    assertThat(replace.lineCount()).isEqualTo(3);
    assertThat(ship.lineCount()).as("its lines and those of the transfer").isEqualTo(4);
    assertThat(CREDIT.lineCount()).isEqualTo(2);
    assertThat(order.lineCount()).isEqualTo(4);
  }

  @Test
  void shouldSumUpTheUnitsOfAHandover() {
    assertThat(CREDIT.handover().units()).isEqualTo(7);
  }

  @Test
  void shouldHaveAKeyOnlyWhenOneWasGiven() {
    Origin alice = new Origin("request-1", "alice");

    assertThat(CommandRequest.ofSystem(ADJUST).hasKey()).isFalse();
    assertThat(new CommandRequest(ADJUST, alice, "", "k-1", 7, List.of()).hasKey()).isTrue();
  }
}
