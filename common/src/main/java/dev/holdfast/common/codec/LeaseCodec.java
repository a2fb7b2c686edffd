package dev.holdfast.common.codec;

import dev.holdfast.common.domain.Lease;

/** A lease between its domain and the form that is persisted. */
public final class LeaseCodec {
  private LeaseCodec() {}

  public static dev.holdfast.proto.log.v1.Lease toProto(Lease lease) {
    return dev.holdfast.proto.log.v1.Lease.newBuilder()
        .setHolder(lease.holder())
        .setToken(lease.token())
        .setExpiresMillis(lease.expiresMillis())
        .build();
  }

  public static Lease fromProto(dev.holdfast.proto.log.v1.Lease proto) {
    return new Lease(proto.getHolder(), proto.getToken(), proto.getExpiresMillis());
  }
}
