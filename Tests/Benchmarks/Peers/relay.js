// The least that anyone could do for rooms on several processes: what one sends, the others of its room get. Nothing is
// ordered, acknowledged or stored, and nobody is asked for a token.
//     NODE_PATH=/usr/share/nodejs node relay.js <port> <Redis port>
//
// Speaks as much of Engine.IO and Socket.IO as it takes to be driven by the same generator as Viva. Written to be hard
// to beat in Node: local peers are served at once, an edit crosses Redis once, is never parsed, and is framed once for
// all receivers of a process, who are handed the same buffer (as Socket.IO's own adapters do).
'use strict';

const http = require('node:http');
const { createClient } = require('redis');
const { Sender, WebSocketServer } = require('ws');

const [port, redisPort] = process.argv.slice(2).map(Number);
const PING_INTERVAL = 25000;
const PING_TIMEOUT = 20000;
const EDIT = Buffer.from('42["edit",');

// One character in front of what is published tells a process its own messages, which it has delivered already.
const ownMark = String.fromCharCode(0x21 + (port % 0x5e));

// A frame of a server is not masked, so one fits every receiver; in one piece it leaves by one write.
const frame = (text) =>
  [Buffer.concat(Sender.frame(Buffer.from(text), { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true }))];

const PING = frame('2');
const OPEN = (sid) =>
  `0{"sid":"${sid}","upgrades":[],"pingInterval":${PING_INTERVAL},"pingTimeout":${PING_TIMEOUT},"maxPayload":1000000}`;

class Room {
  peers = new Set();

  constructor(name) {
    this.name = name;
  }

  deliver(text, author) {
    const framed = frame(text);
    for (const peer of this.peers) if (peer !== author) peer._sender.sendFrame(framed);
  }
}

async function main() {
  const publisher = createClient({ socket: { port: redisPort } });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  const rooms = new Map();

  async function join(peer, name) {
    let room = rooms.get(name);
    if (!room) {
      room = new Room(name);
      rooms.set(name, room);
      room.isHeard = subscriber.subscribe(name, (message) => {
        if (message[0] !== ownMark) room.deliver(message.slice(1));
      });
    }
    room.peers.add(peer);
    await room.isHeard;
    peer.room = room;
    peer.send(`40{"sid":"${peer.sid}"}`);
  }

  function leave(peer) {
    const { room } = peer;
    if (!room) return;
    room.peers.delete(peer);
    if (room.peers.size > 0) return;
    rooms.delete(room.name);
    subscriber.unsubscribe(room.name);
  }

  function received(peer, data) {
    if (data.length > EDIT.length && data.compare(EDIT, 0, EDIT.length, 0, EDIT.length) === 0) {
      if (!peer.room) return peer.close();
      const text = data.toString();
      peer.room.deliver(text, peer);
      publisher.publish(peer.room.name, ownMark + text);
    } else if (data[0] === 0x33) {
      peer.isAlive = true;
    } else if (data[0] === 0x34 && data[1] === 0x30) {
      join(peer, JSON.parse(data.toString('utf8', 2)).token);
    } else {
      peer.close();
    }
  }

  let count = 0;
  const server = http.createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server, path: '/socket.io/', perMessageDeflate: false });
  sockets.on('connection', (peer) => {
    peer.sid = `${port}.${count++}`;
    peer.isAlive = true;
    peer.on('message', (data) => received(peer, data));
    peer.on('close', () => leave(peer));
    peer.on('error', () => {});
    peer.send(OPEN(peer.sid));
  });
  setInterval(() => {
    for (const peer of sockets.clients) {
      if (!peer.isAlive) peer.terminate();
      peer.isAlive = false;
      peer._sender.sendFrame(PING);
    }
  }, PING_INTERVAL);
  server.listen({ port, host: '127.0.0.1', backlog: 4096 }, () => console.log('ready'));
}

main();
