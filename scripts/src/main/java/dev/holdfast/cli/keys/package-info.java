/** Master keys of the encryption at rest. */
@NullMarked
package dev.holdfast.cli.keys;

import org.jspecify.annotations.NullMarked;
