/** RocksDB: stock, reservations, receipts, the event log, and how far a replica got. */
@NullMarked
package dev.holdfast.store.state;

import org.jspecify.annotations.NullMarked;
