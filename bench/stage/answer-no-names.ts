import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** "There is no such name" (RFC 1035, section 4.1.1: an answer, recursion available, code 3). */
const noSuchName = 0x8183

/**
 * A name server that knows nothing, and what a process needs in its environment to ask it: every mail has the sender's
 * domain looked up, and a figure must not depend on the network the bench happens to run in.
 */
export async function answerNoNames(): Promise<{ environment: Record<string, string>; close(): void }> {
  const socket = createSocket('udp4')
  socket.on('message', (question, asker) => {
    const answer = Buffer.from(question)
    answer.writeUInt16BE(noSuchName, 2)
    // of what came along only the question goes back
    answer.fill(0, 6, 12)
    socket.send(answer, 0, endOfQuestion(answer), asker.port, asker.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const script = `import { setServers } from 'node:dns'; setServers(['127.0.0.1:${socket.address().port}'])`
  return {
    environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` },
    close: () => void socket.close(),
  }
}

/** Twelve bytes of head, the labels up to the empty one, type and class. */
function endOfQuestion(packet: Buffer): number {
  let at = 12
  while (at < packet.length && packet[at] !== 0) at += (packet[at] ?? 0) + 1
  return Math.min(packet.length, at + 5)
}
