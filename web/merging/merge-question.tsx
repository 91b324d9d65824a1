import { Trans, useLingui } from '@lingui/react/macro'
import type { MergePlan } from '#contract/merging.ts'
import { useFormats } from '../i18n/formats.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Silence, Stopping, ToldApart } from './merge-warnings.tsx'

/** Asks before a merge with one press that stops, silences or forgets something: says what, and who stays. */
export default function MergeQuestion({ plan, onAnswer }: { plan: MergePlan; onAnswer: (isYes: boolean) => void }) {
  const { t } = useLingui()
  const { list } = useFormats()
  const nameless = t`Nameless contact`
  const survivor = plan.survivor.displayName ?? nameless
  const absorbed = list(plan.absorbed.map(({ displayName }) => displayName ?? nameless))
  return (
    <AlertDialog
      isOpen
      onClose={() => onAnswer(false)}
      onConfirm={() => onAnswer(true)}
      title={
        <Trans>
          Merge <bdi>{absorbed}</bdi> into <bdi>{survivor}</bdi>?
        </Trans>
      }
      confirm={t`Merge contacts`}
    >
      <ToldApart plan={plan} />
      <Stopping plan={plan} />
      <Silence plan={plan} />
    </AlertDialog>
  )
}
