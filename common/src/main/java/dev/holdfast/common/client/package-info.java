/**
 * The Java client: finds the leader of a store's partition, rides out failovers, and makes retries
 * safe. Needs nothing of a node's inside.
 */
@NullMarked
package dev.holdfast.common.client;

import org.jspecify.annotations.NullMarked;
