/**
 * Which class a picture belongs to: by a trained head, or by texts that describe the classes. Must
 * not import training or serving.
 */
package org.adapterstudio.engine.classify;
