/** Power failures: what was not synced is lost. */
@NullMarked
package dev.holdfast.deploy.power;

import org.jspecify.annotations.NullMarked;
