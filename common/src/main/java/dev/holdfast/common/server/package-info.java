/** The gRPC server that every node opens, and what each call passes on its way in and out. */
@NullMarked
package dev.holdfast.common.server;

import org.jspecify.annotations.NullMarked;
