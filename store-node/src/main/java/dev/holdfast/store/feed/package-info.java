/** The event log as streams to whoever follows it. */
@NullMarked
package dev.holdfast.store.feed;

import org.jspecify.annotations.NullMarked;
