package dev.holdfast.store.commit;

/** What a command loop stands on. */
public record CommitContext(
    int partition, AppliedView applied, ReplicatedLog log, CommitMetrics metrics) {}
