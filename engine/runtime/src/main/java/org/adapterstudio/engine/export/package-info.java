/** Results as other programs read them, and back. Must not import training or serving. */
package org.adapterstudio.engine.export;
