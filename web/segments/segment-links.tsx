import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { CircleDashed } from 'lucide-react'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { useFormats } from '../i18n/formats.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import css from './segments.module.css'

/** While somebody looks, counts that have grown old are asked for again. */
const askAgainMs = 15_000

/** The workspace's segments, each with how many it held when last counted. */
export default function SegmentLinks({ link, count }: { link: string | undefined; count: string | undefined }) {
  const { t } = useLingui()
  const { number, dateTime } = useFormats()
  const workspace = useWorkspace().id
  const open = useSearch({ strict: false, select: (search) => ('segment' in search ? search.segment : undefined) })
  const { data } = useQuery(api.segments.list.queryOptions({ refetchInterval: askAgainMs }))
  if (data === undefined || data.items.length === 0) return null
  return (
    <div role="group" aria-label={t`Segments`} className={css.links}>
      <p className={css.title}>{t`Segments`}</p>
      {data.items.map(({ id, name, contacts, countedAt }) => {
        const when = countedAt === null ? '' : dateTime(countedAt)
        return (
          <Link
            key={id}
            to="/w/$workspace/contacts/{-$contactId}"
            params={{ workspace, contactId: undefined }}
            search={{ segment: String(id) }}
            aria-current={open === String(id) ? 'page' : undefined}
            className={link}
          >
            <Icon of={CircleDashed} />
            <bdi className="trunc">{name}</bdi>
            {contacts !== null && (
              <span className={classes(count)} title={t`As of ${when}`}>
                {number(contacts)}
              </span>
            )}
          </Link>
        )
      })}
    </div>
  )
}
