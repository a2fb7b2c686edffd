package dev.holdfast.store.raft.rpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Threads of their own for Raft's network: callers can never delay a heartbeat. */
final class NetworkThreads implements AutoCloseable {
  private static final int THREADS = 2;

  private final EventLoopGroup loops;
  private final boolean epoll = Epoll.isAvailable();

  NetworkThreads() {
    DefaultThreadFactory names = new DefaultThreadFactory("raft-network", true);
    IoHandlerFactory network = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    loops = new MultiThreadIoEventLoopGroup(THREADS, names, network);
  }

  void use(NettyChannelBuilder builder) {
    builder
        .eventLoopGroup(loops)
        .channelType(epoll ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  void use(NettyServerBuilder builder) {
    builder
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelType(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  @Override
  public void close() {
    var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
