package org.adapterstudio.engine.data;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file whose parts are read into memory when asked for. The Parquet library would map it, and a
 * mapped file that somebody cuts short while it is read ends the whole process. In a damaged file
 * it can go round in circles; a reader that asks for far more than there is gets an error.
 */
final class RangeFile implements InputFile {
  private final Path file;
  private final FileChannel channel;
  private final AtomicLong requestsLeft;
  private final AtomicLong bytesLeft;

  RangeFile(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.requestsLeft = new AtomicLong(1000 + channel.size() / 64);
    this.bytesLeft = new AtomicLong((1 << 20) + 4 * channel.size());
  }

  @Override
  public void open() {}

  @Override
  public ByteBuffer readRange(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || length > channel.size() - offset) {
      throw new EOFException("a part of it lies outside the file");
    }
    if (requestsLeft.decrementAndGet() < 0 || bytesLeft.addAndGet(-length) < 0) {
      throw new IOException("its parts lead in a circle");
    }
    ByteBuffer part = ByteBuffer.allocate(length);
    while (part.hasRemaining()) {
      if (channel.read(part, offset + part.position()) < 0) {
        throw new EOFException("it ends early");
      }
    }
    return part.flip();
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public String name() {
    return file.getFileName().toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
