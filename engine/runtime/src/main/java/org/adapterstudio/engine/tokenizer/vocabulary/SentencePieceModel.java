package org.adapterstudio.engine.tokenizer.vocabulary;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A SentencePiece model file (Kudo and Richardson 2018) as far as cutting text needs it; field
 * numbers are those of its {@code sentencepiece_model.proto}.
 *
 * @param file it was read from
 * @param pieces in order of their ids
 * @param algorithm how text is cut
 * @param byteFallback unknown characters become their bytes
 * @param suffixMark the word mark stands behind words, not before
 * @param unknownId id of the unknown piece
 * @param beginId id of the begin piece, or -1
 * @param endId id of the end piece, or -1
 * @param padId id of the pad piece, or -1
 * @param characterMap rewriting of characters before anything else; empty for none
 * @param prefix the word mark is put before a text
 * @param singleSpaces runs of spaces count as one, those at the ends as none
 * @param escapesSpaces spaces become word marks
 */
record SentencePieceModel(
    Path file,
    List<Piece> pieces,
    Algorithm algorithm,
    boolean byteFallback,
    boolean suffixMark,
    int unknownId,
    int beginId,
    int endId,
    int padId,
    byte[] characterMap,
    boolean prefix,
    boolean singleSpaces,
    boolean escapesSpaces) {

  /** How text is cut, in the file's own numbering from 1. */
  enum Algorithm {
    UNIGRAM,
    BPE,
    WORD,
    CHARACTER
  }

  /** What a piece is for, in the file's own numbering from 1. */
  enum Role {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  /** One entry of the vocabulary. */
  record Piece(String text, float score, Role role) {}

  /** Reads a file; one that is not such a model, or is cut off, is bad input. */
  static SentencePieceModel read(Path file) {
    try {
      return new Draft(file).read(new ProtobufReader(ByteBuffer.wrap(TextFile.bytes(file))));
    } catch (IllegalArgumentException e) {
      throw Refusal.damaged(file, "is not a SentencePiece model: " + e.getMessage(), e);
    }
  }

  /** What is known while the file is read, with the defaults of the format. */
  private static final class Draft {
    private final Path file;
    private final List<Piece> pieces = new ArrayList<>();
    private Algorithm algorithm = Algorithm.UNIGRAM;
    private boolean byteFallback;
    private boolean suffixMark;
    private final int[] ids = {0, 1, 2, -1};
    private int settings;
    private byte[] characterMap = {};
    private boolean prefix = true;
    private boolean singleSpaces = true;
    private boolean escapesSpaces = true;

    Draft(Path file) {
      this.file = file;
    }

    SentencePieceModel read(ProtobufReader model) {
      for (int field = model.next(); field != 0; field = model.next()) {
        switch (field) {
          case 1 -> pieces.add(piece(new ProtobufReader(model.bytes())));
          case 2 -> training(new ProtobufReader(model.bytes()));
          case 3 -> normalizing(new ProtobufReader(model.bytes()));
          case 5 -> requireNoRewriting(new ProtobufReader(model.bytes()));
          default -> model.skip();
        }
      }
      if (pieces.isEmpty()) {
        throw new IllegalArgumentException("it has no pieces");
      }
      if (settings < 2) {
        throw new IllegalArgumentException("it ends before it says how text is cut");
      }
      return new SentencePieceModel(
          file,
          List.copyOf(pieces),
          algorithm,
          byteFallback,
          suffixMark,
          ids[0],
          ids[1],
          ids[2],
          ids[3],
          characterMap,
          prefix,
          singleSpaces,
          escapesSpaces);
    }

    private Piece piece(ProtobufReader in) {
      String text = "";
      float score = 0;
      Role role = Role.NORMAL;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> text = in.text();
          case 2 -> score = in.real();
          case 3 -> role = oneOf(Role.values(), in.number());
          default -> in.skip();
        }
      }
      if (text.isEmpty() || !Float.isFinite(score)) {
        throw new IllegalArgumentException("piece " + pieces.size() + " has no text or no score");
      }
      return new Piece(text, score, role);
    }

    private void training(ProtobufReader in) {
      settings++;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 3 -> algorithm = oneOf(Algorithm.values(), in.number());
          case 24 -> suffixMark = in.flag();
          case 35 -> byteFallback = in.flag();
          case 40, 41, 42, 43 -> ids[field - 40] = (int) in.number();
          default -> in.skip();
        }
      }
    }

    private void normalizing(ProtobufReader in) {
      settings++;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 2 -> characterMap = array(in.bytes());
          case 3 -> prefix = in.flag();
          case 4 -> singleSpaces = in.flag();
          case 5 -> escapesSpaces = in.flag();
          default -> in.skip();
        }
      }
    }

    /** Ids to text with rewriting of its own is used by nobody we know, and not understood here. */
    private static void requireNoRewriting(ProtobufReader in) {
      for (int field = in.next(); field != 0; field = in.next()) {
        if (field == 2 && in.bytes().hasRemaining()) {
          throw new IllegalArgumentException("it rewrites the characters of its output");
        } else if (field != 2) {
          in.skip();
        }
      }
    }

    private static <T> T oneOf(T[] values, long number) {
      if (number < 1 || number > values.length) {
        throw new IllegalArgumentException("it holds a kind " + number + " that is not known");
      }
      return values[(int) number - 1];
    }

    private static byte[] array(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    }
  }
}
