/** Knowledge about peers, gained by asking them all the time, and the conclusions from it. */
@NullMarked
package dev.holdfast.store.peers;

import org.jspecify.annotations.NullMarked;
