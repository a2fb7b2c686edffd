/** What both nodes and the command line need. */
@NullMarked
package dev.holdfast.common;

import org.jspecify.annotations.NullMarked;
