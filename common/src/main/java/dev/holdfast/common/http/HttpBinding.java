package dev.holdfast.common.http;

import dev.holdfast.common.access.Access;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.tls.NodeSecurity;

/**
 * The address at which a node listens for HTTP, and the security of that.
 *
 * @param access who may do what
 */
public record HttpBinding(HttpKeys keys, NodeSecurity security, Access access) {}
