/**
 * Recorded histories: every call with its begin, its end and its outcome, and the log of events
 * beside them.
 */
@NullMarked
package dev.holdfast.cli.drill.history;

import org.jspecify.annotations.NullMarked;
