"""An RTSP camera for tests, by GStreamer: plays a film once for each client, and asks for a password.

Usage: rtspServer.py PORT FILM USER PASSWORD. Prints "ready" when it listens.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

port, film, user, password = sys.argv[1:5]
Gst.init(None)

server = GstRtspServer.RTSPServer.new()
server.set_address("127.0.0.1")
server.set_service(port)

auth = GstRtspServer.RTSPAuth.new()
token = GstRtspServer.RTSPToken()
token.set_string("media.factory.role", "viewer")
auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
server.set_auth(auth)

factory = GstRtspServer.RTSPMediaFactory.new()
factory.set_launch(f'( filesrc location="{film}" ! tsdemux ! h264parse ! rtph264pay name=pay0 config-interval=-1 )')
permissions = GstRtspServer.RTSPPermissions()
permissions.add_permission_for_role("viewer", "media.factory.access", True)
permissions.add_permission_for_role("viewer", "media.factory.construct", True)
factory.set_permissions(permissions)
server.get_mount_points().add_factory("/live", factory)

if server.attach(None) == 0:
    sys.exit(f"port {port} cannot be used")
print("ready", flush=True)
GLib.MainLoop().run()
