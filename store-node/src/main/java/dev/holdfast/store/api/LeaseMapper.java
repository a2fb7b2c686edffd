package dev.holdfast.store.api;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import java.util.List;

/** Requests about leases to commands. */
final class LeaseMapper {
  private final RequestMapper mapper;
  private final FieldRules rules;
  private final LeaseSettings settings;

  LeaseMapper(RequestMapper mapper, LeaseSettings settings) {
    this.mapper = mapper;
    this.rules = mapper.rules();
    this.settings = settings;
  }

  CommandRequest map(AcquireLeaseRequest request) {
    StockKey item = mapper.item(request.getStore(), request.getSku());
    rules.id("holder", request.getHolder());
    long ttl = ttl(request.hasTtlMillis(), request.getTtlMillis());
    return mapper.request(
        new LeaseCommand.AcquireLease(item, request.getHolder(), ttl, settings.leasesMax()),
        request.getIdempotencyKey(),
        "",
        List.of(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  CommandRequest map(RenewLeaseRequest request) {
    StockKey item = mapper.item(request.getStore(), request.getSku());
    rules.sequence("token", request.getToken());
    long ttl = ttl(request.hasTtlMillis(), request.getTtlMillis());
    return mapper.request(
        new LeaseCommand.RenewLease(item, request.getToken(), ttl),
        request.getIdempotencyKey(),
        "",
        List.of(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  CommandRequest map(ReleaseLeaseRequest request) {
    StockKey item = mapper.item(request.getStore(), request.getSku());
    rules.sequence("token", request.getToken());
    return mapper.request(
        new LeaseCommand.ReleaseLease(item, request.getToken()),
        request.getIdempotencyKey(),
        "",
        List.of(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  private long ttl(boolean given, long millis) {
    if (!given) {
      return settings.ttl().toMillis();
    }
    rules.leaseTtl("ttl_millis", millis);
    return millis;
  }
}
