package dev.holdfast.deploy.replicas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.proto.log.v1.AppliedState;
import java.util.Map;

/**
 * The rows of a replica of a partition: all of them follow from the log, so they are equal on all
 * replicas at the same sequence, but for the two exceptions here.
 */
final class StoreRows {
  private static final byte[] APPLIED = "applied".getBytes(UTF_8);
  private static final String META = "default";
  private static final int SEALED = 0x40;

  private static final Map<String, Treatment> EXCEPTIONS =
      Map.of(
          "events",
          Treatment.fromTheLatestBeginning(
              "each node trims its event log by itself, when its own timer is due"),
          META,
          Treatment.without(
              StoreRows::withoutRaft,
              "entries that change nothing, such as a batch that was decided in an older term, move"
                  + " a replica's place in the Raft log and not its sequence"));

  private StoreRows() {}

  static Treatment treatment(String family) {
    return EXCEPTIONS.getOrDefault(family, Treatment.EXACT);
  }

  /** The last sequence that a replica has applied. */
  static String position(NodeDatabase database) {
    byte[] applied = database.get(META, APPLIED);
    return applied == null ? "0" : Long.toString(parse(applied).getSequence());
  }

  /** The family holds the number of the format too, one byte that tells encryption as well. */
  private static byte[] withoutRaft(byte[] value) {
    return value.length == 1
        ? new byte[] {(byte) (value[0] & ~SEALED)}
        : parse(value).toBuilder().clearRaftIndex().clearRaftTerm().build().toByteArray();
  }

  private static AppliedState parse(byte[] value) {
    try {
      return AppliedState.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the applied state is damaged", e);
    }
  }
}
