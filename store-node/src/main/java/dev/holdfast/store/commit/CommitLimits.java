package dev.holdfast.store.commit;

/**
 * The bounds of a command loop.
 *
 * @param queueCommandsMax commands that may wait
 * @param queueBytesMax bytes that may wait
 * @param batchCommandsMax events in one batch
 * @param batchBytesMax bytes after which a batch is closed
 * @param batchesInFlightMax batches proposed and not yet answered
 */
public record CommitLimits(
    int queueCommandsMax,
    long queueBytesMax,
    int batchCommandsMax,
    int batchBytesMax,
    int batchesInFlightMax) {}
