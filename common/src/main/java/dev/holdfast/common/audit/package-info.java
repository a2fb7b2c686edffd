/**
 * The audit stream of a node: who was refused, who did what an administrator may, what was
 * exported, and when access or certificates changed. Changes of stock are not here: the log has
 * them.
 */
@NullMarked
package dev.holdfast.common.audit;

import org.jspecify.annotations.NullMarked;
