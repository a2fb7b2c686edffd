/** What this node knows of its peers, by asking them all the time, and what follows from that. */
@NullMarked
package dev.holdfast.store.peers;

import org.jspecify.annotations.NullMarked;
