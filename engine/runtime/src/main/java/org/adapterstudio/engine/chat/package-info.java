/**
 * Chat templates: conversations to the text a model was trained on, and which characters of it are
 * the model's own. Plain text only: must not import tensors, JavaFX or the data package.
 */
package org.adapterstudio.engine.chat;
