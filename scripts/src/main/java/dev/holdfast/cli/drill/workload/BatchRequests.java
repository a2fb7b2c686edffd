package dev.holdfast.cli.drill.workload;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.workload.RandomRequests.Mix;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import java.util.Random;

/** Large batches of random commands. For one thread. */
public final class BatchRequests {
  private static final int COMMANDS_MIN = 50;
  private static final int COMMANDS_MAX = 200;

  private static final int CHANGES_OF_RESERVATIONS = 6;

  private final Draw draw;
  private final StockRequests stock;
  private final ReservationRequests reservations;

  public BatchRequests(Random random, Ground ground) {
    draw = new Draw(random, Mix.ITEMS_AND_RESERVATIONS, ground);
    stock = new StockRequests(draw);
    reservations = new ReservationRequests(draw);
  }

  public SubmitBatchRequest next() {
    SubmitBatchRequest.Builder batch = SubmitBatchRequest.newBuilder();
    int commands = COMMANDS_MIN + draw.below(COMMANDS_MAX - COMMANDS_MIN + 1);
    while (batch.getCommandsCount() < commands) {
      batch.addCommands(command());
    }
    return batch.build();
  }

  private Command command() {
    int dice = draw.below(100);
    if (dice < 60) {
      return command(dice < 12 ? stock.restock() : stock.adjust());
    }
    if (dice < 75) {
      return command(reservations.reserve());
    }
    return command(
        dice < 97
            ? reservations.ofReservation(draw.below(CHANGES_OF_RESERVATIONS))
            : stock.countOrCreate());
  }

  private static Command command(Message request) {
    Command.Builder command = Command.newBuilder();
    for (var field : Command.getDescriptor().getFields()) {
      if (field.getMessageType() == request.getDescriptorForType()) {
        return command.setField(field, request).build();
      }
    }
    throw new IllegalArgumentException("no command of a batch: " + request.getClass());
  }
}
