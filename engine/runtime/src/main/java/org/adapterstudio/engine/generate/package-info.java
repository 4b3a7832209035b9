/** Answers from a model, token by token. Must not import training or run folders. */
package org.adapterstudio.engine.generate;
