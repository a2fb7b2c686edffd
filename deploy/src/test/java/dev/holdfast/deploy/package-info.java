/** System tests: they run the images of this module in containers. */
@NullMarked
package dev.holdfast.deploy;

import org.jspecify.annotations.NullMarked;
