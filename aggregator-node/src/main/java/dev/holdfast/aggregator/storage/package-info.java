/**
 * The view in RocksDB: view, totals, cursors and meta, written together. Only here is {@code
 * org.rocksdb}.
 */
@NullMarked
package dev.holdfast.aggregator.storage;

import org.jspecify.annotations.NullMarked;
