/** What a recipe will cost, before anything loads. Must not import training or run folders. */
package org.adapterstudio.engine.plan;
