import { Trans, useLingui } from '@lingui/react/macro'
import type { ActivityEvent } from '#contract/activity.ts'
import { useMe } from '../api/me.ts'
import { Avatar } from '../ui/avatar.tsx'
import css from './activity.module.css'

/** Who did it, and by what way. */
export function WhoLine({ event }: { event: Pick<ActivityEvent, 'actor' | 'channelName'> }) {
  const { t } = useLingui()
  const me = useMe().memberId
  const { actor, channelName } = event
  const who = actor.memberId === me ? t`You` : (actor.name ?? t`Somebody`)
  switch (actor.type) {
    case 'member':
    case 'api':
      return (
        <p className={css.who}>
          <Avatar id={actor.memberId ?? 0} name={actor.name} size={22} />
          <span>
            {actor.type === 'member' ? (
              <bdi>{who}</bdi>
            ) : (
              <Trans>
                <bdi>{who}</bdi>, by the API
              </Trans>
            )}
          </span>
        </p>
      )
    case 'contact':
      return (
        <p className={css.quiet}>
          {channelName === null ? t`The contact` : t`The contact, by the channel ${channelName}`}
        </p>
      )
    case 'import':
      return <p className={css.quiet}>{t`From an import`}</p>
    case 'workflow': {
      const { name } = actor
      return <p className={css.quiet}>{name === null ? t`By a workflow` : t`By the workflow ${name}`}</p>
    }
    case 'system':
      return <p className={css.quiet}>{t`By itself`}</p>
  }
}
