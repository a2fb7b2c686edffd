package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.proto.log.v1.StateDigestRecorded;

/** A digest between its domain and the form that is persisted and sent. */
public final class StateDigestCodec {
  private StateDigestCodec() {}

  public static dev.holdfast.proto.log.v1.StateDigest toProto(StateDigest digest) {
    return dev.holdfast.proto.log.v1.StateDigest.newBuilder()
        .setLow(digest.low())
        .setHigh(digest.high())
        .setRecords(digest.records())
        .setOnHand(digest.onHand())
        .setReserved(digest.reserved())
        .setNetShipped(digest.netShipped())
        .build();
  }

  static StateDigestRecorded.Builder toProto(Event.StateDigestRecorded event) {
    return StateDigestRecorded.newBuilder().setDigest(toProto(event.digest()));
  }

  static Event fromProto(StateDigestRecorded proto) {
    return new Event.StateDigestRecorded(fromProto(proto.getDigest()));
  }

  public static StateDigest fromProto(dev.holdfast.proto.log.v1.StateDigest proto) {
    return new StateDigest(
        proto.getLow(),
        proto.getHigh(),
        proto.getRecords(),
        proto.getOnHand(),
        proto.getReserved(),
        proto.getNetShipped());
  }
}
