package org.adapterstudio.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.adapterstudio.contract.Failure;

/** Exceptions of files and paths as sentences; everything else is what the contract makes of it. */
final class Sentences {
  private Sentences() {}

  static Failure failure(Throwable cause) {
    return switch (cause) {
      case UncheckedIOException e -> ofFile(e.getCause());
      case IOException e -> ofFile(e);
      case InvalidPathException e ->
          Failure.badInput("\"" + e.getInput() + "\" is not a path.", "Check its spelling.");
      default -> Failure.of(cause);
    };
  }

  private static Failure ofFile(IOException cause) {
    return switch (cause) {
      case NoSuchFileException e ->
          Failure.badInput(e.getFile() + " does not exist.", "Check the path.");
      case AccessDeniedException e ->
          Failure.badInput(e.getFile() + " may not be read or written.", "Check its permissions.");
      case FileAlreadyExistsException e ->
          Failure.badInput(e.getFile() + " exists and is no folder.", "Choose another place.");
      case FileSystemException e when e.getFile() != null ->
          Failure.badInput(e.getFile() + " failed: " + e.getReason() + ".", "Check disk and path.");
      default -> Failure.internal(cause);
    };
  }
}
