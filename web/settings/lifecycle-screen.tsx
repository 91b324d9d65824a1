import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Flag, Milestone, Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { LifecycleStage } from '#contract/lifecycle.ts'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { StageMark } from '../fields/shared.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { Pill } from '../ui/pill.tsx'
import { ArrangedLine } from './arranged-line.tsx'
import { ArrangingKeys } from './arranging-keys.tsx'
import css from './arranging.module.css'
import { ListSkeleton } from './list-skeleton.tsx'
import { beforeAfter } from '../ui/move-item.ts'
import { PageHead } from './page-head.tsx'
import { RemoveStageDialog } from './remove-stage-dialog.tsx'
import { StageDialog } from './stage-dialog.tsx'
import { useLifting } from '../ui/use-lifting.ts'
import { useStages, type StageItem } from './use-stages.ts'

type Open = { act: 'make' } | { act: 'edit' | 'remove'; stage: LifecycleStage }

/** The stages of the journey that contacts are seen on, in their order. */
export default function LifecycleScreen() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(api.lifecycle.list.queryOptions())
  const [open, setOpen] = useState<Open | null>(null)
  const reason = useCan('settings.lifecycle') ? undefined : t`Your role does not change these settings.`
  const close = () => setOpen(null)
  const items = (data?.items ?? []).map((stage) => ({ key: String(stage.id), stage }))
  const { suggest, isSuggesting } = useStages(items)
  const add = (
    <Button look="primary" icon={Plus} onPress={() => setOpen({ act: 'make' })} disabledReason={reason}>
      {t`New stage…`}
    </Button>
  )
  return (
    <>
      <PageHead
        title={t`Lifecycle`}
        lead={<Trans>The stages of the journey from a first message to a good customer. Each contact is in one.</Trans>}
        action={items.length > 0 && add}
      />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <ListSkeleton />
      ) : items.length === 0 ? (
        <Empty
          icon={Milestone}
          level={2}
          title={t`No stages yet`}
          action={
            <>
              {add}
              <Button onPress={suggest} isPending={isSuggesting} disabledReason={reason}>
                {t`Begin with four usual ones`}
              </Button>
            </>
          }
        >
          <Trans>New, interested, customer, lost: what fits your team can be changed at any time.</Trans>
        </Empty>
      ) : (
        <Journey items={items} reason={reason} onOpen={setOpen} />
      )}
      {open?.act === 'make' && <StageDialog stage={null} onClose={close} />}
      {open?.act === 'edit' && <StageDialog stage={open.stage} onClose={close} />}
      {open?.act === 'remove' && <RemoveStageDialog stage={open.stage} onClose={close} />}
    </>
  )
}

function Journey(props: { items: readonly StageItem[]; reason: string | undefined; onOpen: (open: Open) => void }) {
  const { t } = useLingui()
  const { items, reason, onOpen } = props
  const list = useRef<HTMLUListElement>(null)
  const { move, makeDefault } = useStages(items)
  const { shown, lifted, handleProps } = useLifting<string, StageItem>(items, list, move)
  const place = (key: string) => shown.findIndex((item) => item.key === key)
  const held = items.find((item) => item.key === lifted)
  const spoken = held === undefined ? '' : `${held.stage.name}: ${place(held.key) + 1} / ${shown.length}`
  return (
    <>
      <ul ref={list} className={css.list} aria-label={t`Stages`}>
        {items.map(({ key, stage }) => (
          <ArrangedLine
            key={key}
            id={key}
            name={stage.name}
            order={place(key)}
            count={items.length}
            isLifted={lifted === key}
            handle={reason === undefined ? handleProps(key) : undefined}
            reason={reason}
            onStep={(step) => move(key, beforeAfter(items, key, step))}
            acts={
              <>
                <MenuSeparator />
                <MenuItem
                  id="default"
                  icon={Flag}
                  onAction={() => makeDefault(stage.id)}
                  disabledReason={reason ?? (stage.isDefault ? t`They do already.` : undefined)}
                >
                  {t`New contacts begin here`}
                </MenuItem>
                <MenuItem
                  id="edit"
                  icon={Pencil}
                  onAction={() => onOpen({ act: 'edit', stage })}
                  disabledReason={reason}
                >
                  {t`Edit…`}
                </MenuItem>
                <MenuItem
                  id="remove"
                  icon={Trash2}
                  danger
                  onAction={() => onOpen({ act: 'remove', stage })}
                  disabledReason={
                    reason ?? (stage.isDefault && items.length > 1 ? t`New contacts begin in this stage.` : undefined)
                  }
                >
                  {t`Delete…`}
                </MenuItem>
              </>
            }
          >
            <div className={css.words}>
              <p className={css.name}>
                <StageMark stage={stage} />
                {stage.isDefault && <Pill tone="info">{t`New contacts`}</Pill>}
                {stage.kind === 'lost' && <Pill>{t({ message: 'Lost', context: 'stage' })}</Pill>}
              </p>
              {stage.description !== '' && <p className={css.note}>{stage.description}</p>}
            </div>
          </ArrangedLine>
        ))}
      </ul>
      <ArrangingKeys spoken={spoken} />
    </>
  )
}
