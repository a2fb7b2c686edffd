/** The gRPC server of every node, and the interceptors of each call. */
@NullMarked
package dev.holdfast.common.server;

import org.jspecify.annotations.NullMarked;
