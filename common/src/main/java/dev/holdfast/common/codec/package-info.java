/** The persisted formats: bytes to domain and back. Golden bytes stand in the tests. */
@NullMarked
package dev.holdfast.common.codec;

import org.jspecify.annotations.NullMarked;
