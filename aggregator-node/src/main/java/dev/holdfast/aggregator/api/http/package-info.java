/**
 * The same answers over HTTP, as JSON: each path calls a gRPC service of this node in the process,
 * so both say the same and refuse the same.
 */
@NullMarked
package dev.holdfast.aggregator.api.http;

import org.jspecify.annotations.NullMarked;
