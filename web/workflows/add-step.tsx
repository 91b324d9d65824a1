import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { stepKinds } from '#contract/workflow-words.ts'
import { stepIcons, useWorkflowWords } from '../runs/shared.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { useBuilder, useBuilderView } from './builder.ts'
import type { Slot } from './draft-tree.ts'
import css from './workflow.module.css'

/** Adds a step at the end of a list; `where` says which list, for who hears it. */
export function AddStep({ slot, where }: { slot: Slot; where: string | null }) {
  const { t } = useLingui()
  const { steps } = useWorkflowWords()
  const { add } = useBuilder()
  const { full } = useBuilderView()
  return (
    <Menu
      label={t`Which step`}
      placement="bottom start"
      trigger={
        <Button
          size="sm"
          look="ghost"
          icon={Plus}
          {...(where === null ? { id: 'step-add-step' } : {})}
          className={where === null && slot.at === 0 ? css.empty : undefined}
          {...(where === null ? {} : { 'aria-label': t`Add a step: ${where}` })}
          disabledReason={full(slot.list)}
        >
          {where === null && slot.at === 0 ? t`Add the first step` : t`Add a step`}
        </Button>
      }
    >
      {stepKinds.map((kind) => (
        <MenuItem
          key={kind}
          id={kind}
          icon={stepIcons[kind]}
          textValue={steps[kind].name}
          note={steps[kind].about}
          onAction={() => add(kind, slot)}
        >
          {steps[kind].name}
        </MenuItem>
      ))}
    </Menu>
  )
}
