/** Bugs that are planted one at a time, to see whether the test that guards the promise fails. */
@NullMarked
package dev.holdfast.deploy.planted;

import org.jspecify.annotations.NullMarked;
