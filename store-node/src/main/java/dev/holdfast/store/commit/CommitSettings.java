package dev.holdfast.store.commit;

/**
 * The settings of a command loop.
 *
 * @param queueCommandsMax commands that may wait
 * @param queueBytesMax bytes that may wait
 * @param batchCommandsMax commands decided into one batch
 * @param batchBytesMax bytes after which a batch is closed
 * @param batchesInFlightMax batches proposed and not yet answered
 * @param digestEveryEvents after so many events the digest of the state goes into the log
 * @param leases whether leases count
 */
public record CommitSettings(
    int queueCommandsMax,
    long queueBytesMax,
    int batchCommandsMax,
    int batchBytesMax,
    int batchesInFlightMax,
    long digestEveryEvents,
    boolean leases) {}
