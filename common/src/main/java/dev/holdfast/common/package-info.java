/** Code that both nodes and the command line share. */
@NullMarked
package dev.holdfast.common;

import org.jspecify.annotations.NullMarked;
