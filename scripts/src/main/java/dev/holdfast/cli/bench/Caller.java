package dev.holdfast.cli.bench;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Makes one call of a workload. Shared by all slots, so it keeps nothing between calls. */
@FunctionalInterface
interface Caller {
  /** The future of the call; its value says nothing. */
  CompletableFuture<?> call(SplittableRandom random);
}
