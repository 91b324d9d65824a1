/** Where an outgoing message stands on its way, in `delivery.state`. */
export const deliveryState = { queued: 0, sending: 1, accepted: 2, unknown: 8, failed: 9 } as const
