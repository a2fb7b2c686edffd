/**
 * The Java client: finds the leader of a store's partition, rides out failovers, and makes retries
 * safe. Depends on nothing inside a node.
 */
@NullMarked
package dev.holdfast.common.client;

import org.jspecify.annotations.NullMarked;
