/** What tests of several packages share: folders to scan, a display without a screen, fakes. */
package org.adapterstudio.app.testing;
