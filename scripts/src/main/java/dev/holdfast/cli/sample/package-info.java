/** Generates movements that look like a year of a real shop, from a seed. */
@NullMarked
package dev.holdfast.cli.sample;

import org.jspecify.annotations.NullMarked;
