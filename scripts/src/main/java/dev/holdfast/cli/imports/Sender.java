package dev.holdfast.cli.imports;

import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.concurrent.CompletableFuture;

/** Sends batches: a client that tries each call once, because the lanes do the retries. */
interface Sender {
  CompletableFuture<SubmitBatchResponse> send(SubmitBatchRequest request);

  int partitionOf(String store);
}
