import { Trans } from '@lingui/react/macro'
import { KeyLine } from '../ui/key-line.tsx'

/** How a list is arranged without the mouse; `spoken` says where the lifted row is by now. */
export function ArrangingKeys({ spoken }: { spoken: string }) {
  return (
    <>
      <KeyLine id="arrange-keys">
        <Trans>
          <kbd>Space</kbd> pick up · <kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>Space</kbd> drop · <kbd>Esc</kbd> cancel
        </Trans>
      </KeyLine>
      <p role="status" className="visually-hidden">
        {spoken}
      </p>
    </>
  )
}
