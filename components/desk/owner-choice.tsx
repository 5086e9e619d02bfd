import { useEffect, useId, useState } from 'preact/hooks'
import type { UserRef } from '../../utils/protocol/primitives.ts'
import { words } from '../../utils/words.ts'
import { Choice } from '../base/choice.tsx'
import { Spinner } from '../base/signs.tsx'

interface Props {
  owner: UserRef | null
  owners: UserRef[] | null
  onAsk: () => void
  onOwner: (ownerId: string | null) => Promise<unknown>
}

/** Whose thread it is (MI2). The possible owners are asked for as the thread opens, and once more when somebody goes near a list that did not come. */
export function OwnerChoice({ owner, owners, onAsk, onOwner }: Props) {
  const [saving, setSaving] = useState(false)
  const id = useId()
  const known = [...(owners ?? []), ...(owner && !owners?.some((user) => user.id === owner.id) ? [owner] : [])]
  const options = [{ value: '', text: words('owner_none') }, ...known.map((user) => ({ value: user.id, text: user.name }))]

  useEffect(() => {
    if (owners === null) onAsk()
  }, [owners])

  async function choose(value: string) {
    setSaving(true)
    await onOwner(value || null).catch(() => {})
    setSaving(false)
  }

  return (
    <div class="owner" onFocusCapture={onAsk} onPointerEnter={onAsk}>
      <label for={id} class="faint">
        {words('owner')}
      </label>
      {saving && (
        <span role="status" aria-label={words('owner_saving')}>
          <Spinner size={14} />
        </span>
      )}
      <Choice id={id} size="small" value={owner?.id ?? ''} options={options} onChoose={(value) => void choose(value)} />
    </div>
  )
}
