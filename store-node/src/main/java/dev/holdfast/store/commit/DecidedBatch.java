package dev.holdfast.store.commit;

import java.util.List;

/**
 * The outcome of one drain.
 *
 * @param encoded the batch, empty when no command led to an event
 * @param replies one for each command that was decided, in their order; the commands behind those
 *     are still to be decided
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record DecidedBatch(int events, byte[] encoded, List<PendingReply> replies) {}
