/** The command loop of a partition: drain, decide, propose, and the replies that wait. */
@NullMarked
package dev.holdfast.store.commit;

import org.jspecify.annotations.NullMarked;
