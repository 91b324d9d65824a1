import { forMember, reading, writing } from '../http/endpoint.ts'
import { checkChannel } from './check-channel.ts'
import { connectChannel } from './connect-channel.ts'
import { findChangedAddress, findLineAddress } from './find-line-address.ts'
import { getChannel } from './get-channel.ts'
import { getHealth } from './get-health.ts'
import { listChannels } from './list-channels.ts'
import { listTemplates } from './list-templates.ts'
import { leaveLine } from './leave-line.ts'
import { openLine } from './open-line.ts'
import { pauseChannel } from './pause-channel.ts'
import { reconnectChannel, tryLine } from './reconnect-channel.ts'
import { removeChannel } from './remove-channel.ts'
import { resumeChannel } from './resume-channel.ts'
import { updateChannel } from './update-channel.ts'

const { channels } = forMember

export const channelRoutes = {
  list: channels.list.handler(reading(listChannels)),
  get: channels.get.handler(reading(getChannel)),
  health: channels.health.handler(reading(getHealth)),
  // it changes nothing, and reaches the world: no transaction may wait for that
  check: channels.check.handler(reading(checkChannel)),
  connect: channels.connect.handler(async (call) => {
    const { deps, actor } = call.context
    const address = await findLineAddress(deps, call.input.settings)
    const connected = await writing((context, input: typeof call.input) => connectChannel(context, input, address))(
      call,
    )
    return getChannel({ deps, db: deps.db, actor }, connected)
  }),
  update: channels.update.handler(async (call) => {
    const { deps, actor } = call.context
    const address = await findChangedAddress(deps, actor.workspaceId, call.input)
    const updated = await writing((context, input: typeof call.input) => updateChannel(context, input, address))(call)
    return getChannel({ deps, db: deps.db, actor }, updated)
  }),
  pause: channels.pause.handler(writing(pauseChannel)),
  resume: channels.resume.handler(writing(resumeChannel)),
  reconnect: channels.reconnect.handler(async (call) => {
    const { deps, actor } = call.context
    const check = await tryLine(deps, actor, call.input.channelId)
    return writing((context, input: typeof call.input) => reconnectChannel(context, input, check))(call)
  }),
  remove: channels.remove.handler(async (call) => {
    const { deps, actor } = call.context
    const opened = await openLine(deps, actor.workspaceId, call.input.channelId).catch(() => null)
    const answer = await writing(removeChannel)(call)
    if (opened !== null) await leaveLine(deps, opened)
    return answer
  }),
  templates: channels.templates.handler(reading(listTemplates)),
}
