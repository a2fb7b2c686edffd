/**
 * Proves that the view equals the stores, and makes it so: compares at exact cuts, names what
 * differs, rebuilds a partition's part from an export.
 */
@NullMarked
package dev.holdfast.aggregator.proof;

import org.jspecify.annotations.NullMarked;
