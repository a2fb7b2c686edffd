/** gRPC in and out: mapping, forwarding, the answers. */
@NullMarked
package dev.holdfast.store.api;

import org.jspecify.annotations.NullMarked;
