/**
 * Streams a file of movements into the cluster, in this order: file → records → movements → lanes →
 * outcomes. Movements of one item keep the file's order, whatever happens to the cluster.
 */
@NullMarked
package dev.holdfast.cli.imports;

import org.jspecify.annotations.NullMarked;
