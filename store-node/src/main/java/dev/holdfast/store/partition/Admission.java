package dev.holdfast.store.partition;

import dev.holdfast.common.status.Reason;
import dev.holdfast.store.clock.LogClock;
import dev.holdfast.store.commit.CommandLoop;
import dev.holdfast.store.commit.QueuedCommand;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets commands into the loop, or refuses them at once. For any thread. */
final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private static final String FULL =
      "not tried: the disk of the leading node is nearly full; free space on it";
  private static final String NOT_SETTLED =
      "not tried: the leading node has just started and compares its clock with the others' first";

  private final int partition;
  private final BooleanSupplier writable;
  private final LogClock clock;
  private final CommandLoop loop;
  private volatile @Nullable String noRoom;

  /**
   * @param writable whether the disk of this node has room
   */
  Admission(int partition, BooleanSupplier writable, LogClock clock, CommandLoop loop) {
    this.partition = partition;
    this.writable = writable;
    this.clock = clock;
    this.loop = loop;
  }

  void submit(List<QueuedCommand> commands) {
    String others = noRoom;
    if (!writable.getAsBoolean()) {
      refuse(commands, Reason.READ_ONLY, FULL);
    } else if (others != null) {
      refuse(commands, Reason.READ_ONLY, others);
    } else if (!clock.isSettled()) {
      refuse(commands, Reason.NO_LEADER, NOT_SETTLED);
    } else {
      loop.submit(commands);
    }
  }

  private static void refuse(List<QueuedCommand> commands, Reason reason, String message) {
    commands.forEach(command -> command.reply().failed(command.index(), reason, message));
  }

  /** Refuses commands while the other members have no room; null accepts them again. */
  void refuseForRoom(@Nullable String why) {
    if ((why == null) != (noRoom == null)) {
      LOG.warn("partition {}: {}", partition, why == null ? "mutations are taken again" : why);
    }
    noRoom = why;
  }
}
