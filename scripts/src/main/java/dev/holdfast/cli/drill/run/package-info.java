/** A drill: a workload on stores of its own while faults strike, recorded and then checked. */
@NullMarked
package dev.holdfast.cli.drill.run;

import org.jspecify.annotations.NullMarked;
