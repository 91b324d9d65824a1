import { forMember, reading, writing } from '../http/endpoint.ts'
import { blockContact } from './block-contact.ts'
import { countBlocked } from './count-blocked.ts'
import { listBlocked } from './list-blocked.ts'
import { unblockContact } from './unblock-contact.ts'

const { blocking } = forMember

export const blockingRoutes = {
  block: blocking.block.handler(writing(blockContact)),
  unblock: blocking.unblock.handler(writing(unblockContact)),
  list: blocking.list.handler(reading(listBlocked)),
  counts: blocking.counts.handler(reading(countBlocked)),
}
