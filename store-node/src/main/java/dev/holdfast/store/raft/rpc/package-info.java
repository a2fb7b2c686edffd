/**
 * The network of Raft: JRaft's calls as frames on gRPC streams, one stream for each pair of nodes
 * and direction, and one more for the files of snapshots.
 */
@NullMarked
package dev.holdfast.store.raft.rpc;

import org.jspecify.annotations.NullMarked;
