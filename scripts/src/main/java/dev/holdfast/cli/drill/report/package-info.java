/** Reports of a drill: its phases as a table, a page with the timeline drawn, and JSON. */
@NullMarked
package dev.holdfast.cli.drill.report;

import org.jspecify.annotations.NullMarked;
