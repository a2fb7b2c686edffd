package dev.holdfast.store.partition;

import dev.holdfast.common.crypt.Encryption;
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
 * @param encryption how what they store is sealed
 * @param writable whether the disk has room
 */
public record NodeResources(
    RaftTransport transport,
    RocksMemory memory,
    Executor readers,
    Executor background,
    Encryption encryption,
    BooleanSupplier writable,
    LogClocks clocks) {}
