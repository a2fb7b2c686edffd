/** Searches of the event log: by time, by age, by item. */
@NullMarked
package dev.holdfast.store.state.log;

import org.jspecify.annotations.NullMarked;
