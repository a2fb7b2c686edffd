package dev.holdfast.cli.bench;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Makes one call of a workload. Shared by all slots, so it keeps nothing between calls. */
@FunctionalInterface
interface Caller {
  /** Returns the future of the call; its value has no meaning. */
  CompletableFuture<?> call(SplittableRandom random);
}
