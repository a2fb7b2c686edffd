/** HTTP of both nodes: health, metrics, and the bounds that keep them answering. */
@NullMarked
package dev.holdfast.common.http;

import org.jspecify.annotations.NullMarked;
