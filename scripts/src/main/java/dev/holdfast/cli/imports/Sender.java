package dev.holdfast.cli.imports;

import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.concurrent.CompletableFuture;

/** Where batches go: a client that tries each call once, since retries are the lanes' business. */
interface Sender {
  CompletableFuture<SubmitBatchResponse> send(SubmitBatchRequest request);

  int partitionOf(String store);
}
