/**
 * The words of stock and the fold of its events. Pure: no clock, chance, thread, file or library of
 * the outside.
 */
@NullMarked
package dev.holdfast.common.domain;

import org.jspecify.annotations.NullMarked;
