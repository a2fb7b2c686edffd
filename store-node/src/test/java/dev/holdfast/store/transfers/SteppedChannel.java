package dev.holdfast.store.transfers;

import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.state.TransferState;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The driver of one channel in a simulation: it goes on when it is told to. */
public final class SteppedChannel {
  private final ChannelDriver driver;

  /**
   * @param leading whether the source leads here
   * @param transfers the applied state of the source
   */
  public SteppedChannel(
      int partition,
      int destination,
      BooleanSupplier leading,
      Supplier<TransferState> transfers,
      Consumer<List<QueuedCommand>> submit,
      CreditSender sender) {
    DrivenPartition source =
        new DrivenPartition() {
          @Override
          public int partition() {
            return partition;
          }

          @Override
          public boolean isLeading() {
            return leading.getAsBoolean();
          }

          @Override
          public TransferState transfers() {
            return transfers.get();
          }

          @Override
          public void submit(List<QueuedCommand> commands) {
            submit.accept(commands);
          }
        };
    this.driver = new ChannelDriver(source, destination, sender, () -> {});
  }

  public void next() {
    driver.next();
  }
}
