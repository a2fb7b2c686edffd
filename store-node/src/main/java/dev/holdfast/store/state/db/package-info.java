/** One open RocksDB: its families, keys, records and event log. */
@NullMarked
package dev.holdfast.store.state.db;

import org.jspecify.annotations.NullMarked;
