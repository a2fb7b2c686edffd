/** Threads and connections of gRPC's network, below gRPC. */
@NullMarked
package dev.holdfast.common.net;

import org.jspecify.annotations.NullMarked;
