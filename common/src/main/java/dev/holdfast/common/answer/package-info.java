/** Answers that store nodes and aggregators give alike. */
@NullMarked
package dev.holdfast.common.answer;

import org.jspecify.annotations.NullMarked;
