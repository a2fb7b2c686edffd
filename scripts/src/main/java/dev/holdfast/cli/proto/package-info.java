/** The contracts, for whoever calls Holdfast from a language of their own. */
@NullMarked
package dev.holdfast.cli.proto;

import org.jspecify.annotations.NullMarked;
