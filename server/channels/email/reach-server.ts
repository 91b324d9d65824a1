import type { LookupAddress } from 'node:dns'
import { connect, type LookupFunction, type Socket } from 'node:net'
import type { AllowList } from '../../http/allow-list.ts'
import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import { isPublicAddress } from '../../http/public-address.ts'
import { findReachable, type Resolve } from '../../http/reachable-address.ts'
import type { MailServer } from './settings.ts'

/** What the operator allows, and how names are found. */
export interface Reach {
  readonly allow: AllowList
  readonly resolve?: Resolve
}

const connectMs = 10_000

/**
 * The addresses of a mail server that may be used. Where no encryption was asked for, only those on one's own machine or
 * network, or a host that the operator has named: a password never crosses the internet in the open.
 * @throws OutgoingFailure
 */
export async function findServer(
  { host, port, security }: Pick<MailServer, 'host' | 'port' | 'security'>,
  { allow, resolve }: Reach,
): Promise<LookupAddress[]> {
  const addresses = await findReachable(host, port, allow, resolve)
  if (security !== 'none' || allow.allowsHost(host.toLowerCase(), port)) return addresses
  const near = addresses.filter(({ address }) => !isPublicAddress(address))
  if (near.length === 0) throw new OutgoingFailure('refused', `${host} is not reached without encryption`)
  return near
}

/** Opens a connection to a mail server, to one of the addresses that were checked. @throws OutgoingFailure, or a system error */
export async function openConnection(server: MailServer, reach: Reach): Promise<Socket> {
  const addresses = await findServer(server, reach)
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: server.host,
      port: server.port,
      lookup: lookupOf(addresses),
      autoSelectFamily: true,
    })
    const fail = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(timedOut(server.host)), connectMs)
    socket.once('error', fail)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeListener('error', fail)
      resolve(socket)
    })
    socket.once('close', () => clearTimeout(timer))
  })
}

const lookupOf =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, options, done) =>
    options.all ? done(null, [...addresses]) : done(null, addresses[0]!.address, addresses[0]!.family)

const timedOut = (host: string) => Object.assign(new Error(`${host} does not answer`), { code: 'ETIMEDOUT' as const })
