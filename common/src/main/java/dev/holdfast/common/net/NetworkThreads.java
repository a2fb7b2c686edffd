package dev.holdfast.common.net;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Threads of a network of their own, which what goes over another can never delay. */
public final class NetworkThreads implements AutoCloseable {
  private final EventLoopGroup loops;
  private final boolean epoll = Epoll.isAvailable();

  public NetworkThreads(String name, int threads) {
    DefaultThreadFactory names = new DefaultThreadFactory(name, true);
    IoHandlerFactory network = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    loops = new MultiThreadIoEventLoopGroup(threads, names, network);
  }

  /**
   * For a caller.
   *
   * @param opened gets its connections
   */
  public void use(NettyChannelBuilder builder, OpenConnections opened) {
    builder
        .eventLoopGroup(loops)
        .channelFactory(
            () -> opened.add(epoll ? new EpollSocketChannel() : new NioSocketChannel()));
  }

  /**
   * For a server whose connections are first shown to a handler.
   *
   * @param accepted reads the channels of new connections, and passes on those that may stay
   */
  public void use(NettyServerBuilder builder, ChannelHandler accepted) {
    builder
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelFactory(() -> listening(accepted));
  }

  private ServerChannel listening(ChannelHandler accepted) {
    ServerChannel channel = epoll ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    channel.pipeline().addFirst(accepted);
    return channel;
  }

  /** Runs a task that never waits, again and again, until these threads end. */
  public void repeat(Runnable task, long millis) {
    var unused = loops.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
