/**
 * Methods: what they are given, what they answer with, and one class each. Must not import
 * training, export or serving.
 */
package org.adapterstudio.engine.method;
