/** What every screen shares: views, services, dialogs, navigation. */
package org.adapterstudio.app.ui;
