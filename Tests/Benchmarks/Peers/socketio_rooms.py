"""Rooms on several processes with python-socketio and its Redis manager, as its documentation shows them.

    socketio_rooms.py <port> <Redis port>

Like the relay it orders, acknowledges and stores nothing: what one sends, the others of its room get.
"""

import sys

import socketio
from aiohttp import web

port, redis_port = map(int, sys.argv[1:3])
server = socketio.AsyncServer(
    async_mode="aiohttp",
    transports=["websocket"],
    client_manager=socketio.AsyncRedisManager(f"redis://127.0.0.1:{redis_port}/0"),
)
room_of = {}


@server.event
async def connect(sid, environ, auth):
    room_of[sid] = auth["token"]
    await server.enter_room(sid, auth["token"])


@server.event
async def edit(sid, data):
    await server.emit("edit", data, room=room_of[sid], skip_sid=sid)


@server.event
async def disconnect(sid, reason):
    room_of.pop(sid, None)


async def started(_):
    print("ready", flush=True)


application = web.Application()
application.on_startup.append(started)
server.attach(application)
web.run_app(application, host="127.0.0.1", port=port, print=None, access_log=None, backlog=4096)
