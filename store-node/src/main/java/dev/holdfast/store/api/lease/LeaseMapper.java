package dev.holdfast.store.api.lease;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.store.api.call.MappingContext;

/** Requests about leases to commands. */
final class LeaseMapper {
  private final MappingContext context;
  private final FieldRules rules;
  private final LeaseSettings settings;

  LeaseMapper(MappingContext context, LeaseSettings settings) {
    this.context = context;
    this.rules = context.rules();
    this.settings = settings;
  }

  Command.Mutation map(AcquireLeaseRequest request) {
    StockKey item = context.item(request.getStore(), request.getSku());
    rules.id("holder", request.getHolder());
    long ttl = ttl(request.hasTtlMillis(), request.getTtlMillis());
    return new LeaseCommand.AcquireLease(item, request.getHolder(), ttl, settings.leasesMax());
  }

  Command.Mutation map(RenewLeaseRequest request) {
    StockKey item = context.item(request.getStore(), request.getSku());
    rules.sequence("token", request.getToken());
    long ttl = ttl(request.hasTtlMillis(), request.getTtlMillis());
    return new LeaseCommand.RenewLease(item, request.getToken(), ttl);
  }

  Command.Mutation map(ReleaseLeaseRequest request) {
    StockKey item = context.item(request.getStore(), request.getSku());
    rules.sequence("token", request.getToken());
    return new LeaseCommand.ReleaseLease(item, request.getToken());
  }

  private long ttl(boolean given, long millis) {
    if (!given) {
      return settings.ttl().toMillis();
    }
    rules.leaseTtl("ttl_millis", millis);
    return millis;
  }
}
