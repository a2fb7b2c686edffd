/** Named places at which a test can crash, delay or fail a node. */
@NullMarked
package dev.holdfast.common.failpoint;

import org.jspecify.annotations.NullMarked;
