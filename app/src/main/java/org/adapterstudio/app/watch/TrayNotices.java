package org.adapterstudio.app.watch;

import java.awt.AWTException;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.image.BufferedImage;
import java.util.concurrent.Executor;

/** Notices through the system's tray; the icon stands there from the first notice on. */
final class TrayNotices implements DesktopNotices {
  private static final int SIDE = 16;

  private final Executor background;
  private TrayIcon icon;
  private Runnable lastClick = () -> {};

  TrayNotices(Executor background) {
    this.background = background;
  }

  @Override
  public boolean there() {
    return SystemTray.isSupported();
  }

  @Override
  public void show(String title, Happening happening, Runnable onClick) {
    background.execute(() -> display(title, happening, onClick));
  }

  @Override
  public synchronized void close() {
    if (icon != null) {
      SystemTray.getSystemTray().remove(icon);
    }
  }

  private synchronized void display(String title, Happening happening, Runnable onClick) {
    if (!there()) {
      return;
    }
    try {
      if (icon == null) {
        icon = new TrayIcon(square(), title);
        icon.addActionListener(_ -> clicked());
        SystemTray.getSystemTray().add(icon);
      }
      lastClick = onClick;
      icon.displayMessage(
          title,
          happening.sentence(),
          happening.kind().bad() ? TrayIcon.MessageType.ERROR : TrayIcon.MessageType.INFO);
    } catch (AWTException e) {
      icon = null; // the tray went away; the window tells the same
    }
  }

  private synchronized void clicked() {
    lastClick.run();
  }

  private static BufferedImage square() {
    var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    var graphics = image.createGraphics();
    graphics.fillRoundRect(1, 1, SIDE - 2, SIDE - 2, SIDE / 3, SIDE / 3);
    graphics.dispose();
    return image;
  }
}
