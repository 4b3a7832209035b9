/**
 * The library: folders of base models, adapters and data sets, and what is in them. Must not import
 * the shell or another feature.
 */
package org.adapterstudio.app.library;
