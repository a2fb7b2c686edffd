package dev.holdfast.cli;

import dev.holdfast.cli.output.Moments;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.ReservationState;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** A command that asks the cluster and prints the answers as rows. */
public abstract class RemoteCommand extends CliCommand {
  @Mixin protected final OutputOptions output = new OutputOptions();
  @Mixin protected final ConnectionOptions connection = new ConnectionOptions();

  /** Returns the store nodes' answer to one call. */
  protected final <T> T ask(Function<HoldfastClient, CompletableFuture<T>> call) {
    try (HoldfastClient client = connection.stores()) {
      return Await.answer(call.apply(client));
    }
  }

  /** Returns the answer of one aggregator to one call. */
  protected final <T> T askAggregator(Function<GlobalViewClient, CompletableFuture<T>> call) {
    try (GlobalViewClient client = connection.aggregator()) {
      return Await.answer(call.apply(client));
    }
  }

  /** Notes on standard error that an answer repeats the one to an earlier call with its key. */
  protected final void tell(EarlierAnswer earlier) {
    if (earlier.getDecidedMillis() == 0) {
      return;
    }
    err()
        .printf(
            "this repeats the answer that the key got at %s; a new attempt needs a new --key%n",
            Moments.text(earlier.getDecidedMillis()));
    ReservationState now = earlier.getReservationNow();
    if (now != ReservationState.RESERVATION_STATE_UNSPECIFIED
        && now != ReservationState.RESERVATION_STATE_OPEN) {
      err().printf("the reservation does not hold any more: it is %s%n", ContractWords.word(now));
    }
  }
}
