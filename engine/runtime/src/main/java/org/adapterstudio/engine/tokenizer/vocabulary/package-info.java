/**
 * Older vocabulary files (vocab.json with merges.txt, vocab.txt, SentencePiece models) as the
 * content of a tokenizer.json. Text and trees only: must not import the tokenizer library, tensors,
 * JavaFX or other packages of the engine.
 */
package org.adapterstudio.engine.tokenizer.vocabulary;
