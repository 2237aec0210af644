import type { Socket } from 'node:net';

/**
 * Makes a connected socket send at once what is written within one turn of the event loop: ssh2 writes each packet in
 * three pieces, and without Nagle's delay each of them would be a segment of its own. (Not a class: `connect` puts
 * a subclass's `write` back to that of Socket.)
 */
export function collectWrites(socket: Socket): Socket {
  const write = socket.write.bind(socket) as (...all: unknown[]) => boolean;
  let isCollecting = false;
  const flush = (): void => {
    isCollecting = false;
    socket.uncork();
  };
  socket.write = (...all: unknown[]): boolean => {
    if (!isCollecting) {
      isCollecting = true;
      socket.cork();
      process.nextTick(flush);
    }
    return write(...all);
  };
  return socket;
}
