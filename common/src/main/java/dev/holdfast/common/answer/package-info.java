/** What store nodes and aggregators answer alike. */
@NullMarked
package dev.holdfast.common.answer;

import org.jspecify.annotations.NullMarked;
