/**
 * Where an outgoing message stands on its way, in `delivery.state`. `left`: it failed, and somebody has said that nothing more
 * is to be done about it.
 */
export const deliveryState = { queued: 0, sending: 1, accepted: 2, left: 7, unknown: 8, failed: 9 } as const
