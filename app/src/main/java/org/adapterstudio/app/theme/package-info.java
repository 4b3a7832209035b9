/** Light and dark: which style sheets a window wears. Must not import a feature. */
package org.adapterstudio.app.theme;
