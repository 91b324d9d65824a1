import { forMember, writing } from '../http/endpoint.ts'
import { endOptOut, setOptOut } from './set-opt-out.ts'

const { optOuts } = forMember

export const optOutRoutes = {
  set: optOuts.set.handler(writing(setOptOut)),
  lift: optOuts.lift.handler(writing(endOptOut)),
}
