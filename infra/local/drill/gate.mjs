// A door in front of a server: connections pass through it and can be cut, or fall silent, without the server knowing.
import { connect, createServer } from 'node:net';

export class Gate {
  #server;
  #pairs = new Set();
  #silent = false;
  /** Where the server listens; it may come back on another port. */
  target;

  static async open(target) {
    const gate = new Gate();
    gate.target = target;
    gate.#server = createServer((near) => gate.#admit(near));
    await new Promise((resolve) => gate.#server.listen(0, '127.0.0.1', resolve));
    return gate;
  }

  get port() {
    return this.#server.address().port;
  }

  get connections() {
    return this.#pairs.size;
  }

  /** Cuts the connections that stand, as a switch that loses its power does: both ends are told at once. Answers how many. */
  cut() {
    const cut = [...this.#pairs];
    for (const { near, far } of cut) for (const socket of [near, far]) cutOff(socket);
    return cut.length;
  }

  /** Nothing passes for a while, and nobody is told; then all of it arrives. */
  async hush(work) {
    this.#silent = true;
    try {
      await work();
    } finally {
      this.#silent = false;
      for (const { deliver } of this.#pairs) deliver();
    }
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #admit(near) {
    const far = connect({ port: this.target, host: '127.0.0.1' });
    const late = [];
    const pair = {
      near,
      far,
      deliver: () => {
        for (const [socket, bytes] of late.splice(0)) socket.write(bytes);
      },
    };
    this.#pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        if (this.#silent) late.push([to, bytes]);
        else if (!to.write(bytes)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
      from.on('error', () => cutOff(to));
      from.on('end', () => to.end());
      from.on('close', () => {
        this.#pairs.delete(pair);
        to.destroySoon();
      });
    }
  }
}

// Once its end was said, a connection cannot be reset any more: the handle would be lost, and the process would not end.
function cutOff(socket) {
  if (socket.destroyed || socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
