/**
 * From feed messages to the stored view: the sequence gate, the one writer thread, and how far it
 * got.
 */
@NullMarked
package dev.holdfast.aggregator.ingest;

import org.jspecify.annotations.NullMarked;
