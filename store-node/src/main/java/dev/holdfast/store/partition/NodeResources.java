package dev.holdfast.store.partition;

import dev.holdfast.store.clock.LogClocks;
import dev.holdfast.store.raft.RaftTransport;
import dev.holdfast.store.state.db.RocksMemory;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Resources that the replicas of a node share.
 *
 * @param readers threads of linearizable reads
 * @param background threads for the files of snapshots
 * @param writable whether the disk has room
 */
public record NodeResources(
    RaftTransport transport,
    RocksMemory memory,
    Executor readers,
    Executor background,
    BooleanSupplier writable,
    LogClocks clocks) {}
