/** The settings page: look, notices and keyboard shortcuts. */
package org.adapterstudio.app.preferences;
