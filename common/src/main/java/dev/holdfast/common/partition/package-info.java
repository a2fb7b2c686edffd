/** Which store lives in which partition. */
@NullMarked
package dev.holdfast.common.partition;

import org.jspecify.annotations.NullMarked;
