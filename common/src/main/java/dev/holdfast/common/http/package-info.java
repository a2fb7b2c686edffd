/** HTTP as both nodes serve it: health, metrics, and the bounds that keep them answering. */
@NullMarked
package dev.holdfast.common.http;

import org.jspecify.annotations.NullMarked;
