/**
 * The model families the studio knows, each a small spec in {@code families/}. Must not import runs
 * or recipes.
 */
package org.adapterstudio.contract.family;
