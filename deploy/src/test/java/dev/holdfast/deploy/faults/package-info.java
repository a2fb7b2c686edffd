/** Drills against a cluster in containers while faults strike, and their table. */
@NullMarked
package dev.holdfast.deploy.faults;

import org.jspecify.annotations.NullMarked;
