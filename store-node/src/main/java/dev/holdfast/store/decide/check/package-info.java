/** Checks that deciders of several concepts share, and rejections as events. */
@NullMarked
package dev.holdfast.store.decide.check;

import org.jspecify.annotations.NullMarked;
