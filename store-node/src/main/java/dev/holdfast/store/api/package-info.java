/** gRPC in and out: one wing per concept, over `call` (a mutation on its way) and `read`. */
@NullMarked
package dev.holdfast.store.api;

import org.jspecify.annotations.NullMarked;
