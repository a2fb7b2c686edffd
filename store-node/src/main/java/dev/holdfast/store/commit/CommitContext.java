package dev.holdfast.store.commit;

/** The collaborators of a command loop. */
public record CommitContext(
    int partition, AppliedView applied, ReplicatedLog log, CommitMetrics metrics) {}
