/** The contracts, for callers in other languages. */
@NullMarked
package dev.holdfast.cli.proto;

import org.jspecify.annotations.NullMarked;
