package dev.holdfast.cli.lease;

import dev.holdfast.cli.ItemArguments;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The wanted lease: its item, its holder and its duration. */
final class AcquireArguments {
  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(
      index = "2",
      paramLabel = "HOLDER",
      description = "the holder; two callers must not share a name")
  private String holder = "";

  @Mixin private final LeaseTtl ttl = new LeaseTtl();

  AcquireLeaseRequest request() {
    AcquireLeaseRequest.Builder request =
        AcquireLeaseRequest.newBuilder()
            .setStore(item.store())
            .setSku(item.sku())
            .setHolder(holder);
    ttl.ifGiven(request::setTtlMillis);
    return request.build();
  }
}
