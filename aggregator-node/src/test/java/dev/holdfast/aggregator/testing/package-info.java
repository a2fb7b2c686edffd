/**
 * What the tests of the aggregator share: logs of partitions, random histories, a fake store node.
 */
@NullMarked
package dev.holdfast.aggregator.testing;

import org.jspecify.annotations.NullMarked;
