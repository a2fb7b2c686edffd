/** Clusters in containers, and what can be done to their nodes. */
@NullMarked
package dev.holdfast.deploy.cluster;

import org.jspecify.annotations.NullMarked;
