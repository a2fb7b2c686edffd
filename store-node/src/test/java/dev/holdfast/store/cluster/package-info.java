/** Three real nodes in one process, over real sockets and disks, and what goes wrong with them. */
@NullMarked
package dev.holdfast.store.cluster;

import org.jspecify.annotations.NullMarked;
